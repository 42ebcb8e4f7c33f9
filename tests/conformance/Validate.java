import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * PDF files and veraPDF flavours in, one line of JSON per file and flavour out.
 *
 * <p>Usage: {@code Validate ua1,2a FILE...}. A file that veraPDF cannot read is a result too: not
 * compliant, with the reason under "error". Exit code 0 unless the arguments are wrong; what the
 * results mean is for the caller (verapdf.py) to say.
 */
public final class Validate {
    /** Of each rule at most this many breaches are shown: more of the same does not help. */
    private static final int SHOWN_BREACHES = 5;

    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println("usage: Validate FLAVOUR[,FLAVOUR...] FILE...");
            System.exit(2);
        }
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            for (String flavour : arguments[0].split(",")) {
                System.out.println(result(Path.of(arguments[i]), flavour));
            }
        }
    }

    private static String result(Path file, String flavourId) {
        String head = "{\"file\":" + quoted(file.toString()) + ",\"flavour\":" + quoted(flavourId);
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourId);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            return head + ",\"compliant\":false,\"failed\":[],\"error\":\"no such flavour\"}";
        }
        try {
            ValidationResult result = validate(file, flavour);
            return head + ",\"compliant\":" + result.isCompliant()
                    + ",\"failed\":[" + String.join(",", breaches(result)) + "],\"error\":null}";
        } catch (Exception error) {
            return head + ",\"compliant\":false,\"failed\":[],\"error\":"
                    + quoted(error.toString()) + "}";
        }
    }

    private static ValidationResult validate(Path file, PDFAFlavour flavour) throws Exception {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot be read");
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file.toFile(), flavour);
                PDFAValidator validator = Foundries.defaultInstance()
                        .createValidator(flavour, SHOWN_BREACHES, false, true, false)) {
            return validator.validate(parser);
        }
    }

    private static List<String> breaches(ValidationResult result) {
        List<String> breaches = new ArrayList<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                breaches.add("{\"clause\":" + quoted(assertion.getRuleId().getClause())
                        + ",\"test\":" + assertion.getRuleId().getTestNumber()
                        + ",\"message\":" + quoted(assertion.getMessage())
                        + ",\"detail\":" + quoted(assertion.getErrorMessage())
                        + ",\"context\":" + quoted(assertion.getLocation().getContext()) + "}");
            }
        }
        return breaches;
    }

    /** A JSON string; everything outside printable ASCII is escaped, so no encoding can harm it. */
    private static String quoted(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
