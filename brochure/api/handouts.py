"""Handouts: one leaflet for each treatment, ready to be written, attached or merged.

    rack = rack_of(open_project(folder, source_date_epoch=…, today=…))   # reads the clinic once
    language = handout_language(rack.project, "gr")                      # a tag, an alias, or ""
    found = find_handout(rack, "peel", language)                         # Treatment or Diagnostic
    report = handouts(rack, [found.key], language)                       # makes, writes nothing
    report.artefacts[0].title, .path, .data                              # for people, ASCII, PDF

A rack serves any number of calls; each handout of one call shares fonts and styles with the next.
"""
