"""File names that every mail program can show."""

import re

import pytest

from brochure.delivery.names import file_stems


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("face/peeling", "peeling"),
        ("face/Eyes & lids", "eyes-lids"),
        ("face/crème-été", "creme-ete"),
        ("face/PRP_2", "prp-2"),
    ],
)
def test_a_file_is_named_by_its_slug(key, name):
    assert file_stems([key]) == {key: name}


@pytest.mark.parametrize("key", ["face/μάτια", "الوجه/العين", "face/" + "long-" * 40, "a/&"])
def test_a_name_is_short_and_ascii_whatever_the_slug(key):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file_stems([key])[key])
    assert len(file_stems([key])[key]) <= 48


def test_no_two_treatments_share_a_name():
    keys = ["face/peel", "feet/peel", "face/eyes", "feet/eyés", "a-b/c", "a/b-c", "a/x-c", "a-x/c"]

    names = file_stems(keys)

    assert len(set(names.values())) == len(keys)
    assert names["face/peel"] == "face-peel"
    assert names == file_stems(reversed(keys))


def test_a_digest_keeps_greek_names_apart():
    names = file_stems(["face/μάτια", "face/μύτη", "face/peel"])

    assert len(set(names.values())) == 3
    assert names["face/peel"] == "peel"
