"""Send a folder of messages, each named after its recipient; run by itself, to be killed.

python tests/mail/sender.py FOLDER PORT [--resend]
"""

import datetime
import sys
from pathlib import Path

from brochure.delivery.outbox import open_outbox
from brochure.delivery.posting import Pace, Parcel, Postman
from brochure.delivery.smtp import Server
from brochure.settings import Security

MOMENT = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)


def server_at(port: int, *, reply_s: float = 20, acceptance_s: float = 20) -> Server:
    return Server(
        host="127.0.0.1",
        port=port,
        security=Security.NONE,
        user="",
        password="",
        reply_s=reply_s,
        acceptance_s=acceptance_s,
    )


def parcel_of(outbox, file: Path) -> Parcel:
    return Parcel(
        id=outbox.identify([file.stem]),
        place=None,
        sender="clinic@tiny.example",
        recipient=file.stem,
        read=file.read_bytes,
        moment=MOMENT.isoformat(),
    )


def send_folder(folder: Path, server: Server) -> dict[str, str]:
    """Send what is waiting; returns the state of every message by recipient."""
    with open_outbox(folder) as outbox:
        parcels = [parcel_of(outbox, file) for file in sorted(folder.glob("*.eml"))]
        due = [item for item in parcels if outbox.state_of(item.id).value in SENDABLE]
        postman = Postman(server, outbox, Pace(per_minute=100_000, retry_s=0.01))
        list(postman.deliver(due, lambda language, stage: None))
        return {item.recipient: outbox.state_of(item.id).value for item in parcels}


SENDABLE = ("waiting", "deferred", "refused")

if __name__ == "__main__":
    for recipient, state in send_folder(Path(sys.argv[1]), server_at(int(sys.argv[2]))).items():
        print(recipient, state)
