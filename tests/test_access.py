"""The settings in the environment, and who may do what by them."""

from __future__ import annotations

import pytest

from qa.access import Role, account, is_local, role_of, role_without_login
from qa.settings import Settings, SettingsWrong, read

EDITORS = Settings(editing=True, editors=("ida@kildemose.dk", "@by.kildemose.dk"), editor_claim=("roles", "editor"))


def test_without_a_word_said_nothing_can_be_changed():
    assert read({}) == Settings()
    assert (Settings().editing, Settings().upload_limit) == (False, 50_000_000)
    assert role_without_login(Settings(), is_local=True) is Role.READER


def test_every_setting_is_read():
    told = read(
        {
            "PUNKTSVAR_EDITING": " On ",
            "PUNKTSVAR_TRUSTED_NETWORK": "off",
            "PUNKTSVAR_EDITORS": "Ida@Kildemose.dk, @by.kildemose.dk",
            "PUNKTSVAR_READERS": "@kildemose.dk",
            "PUNKTSVAR_EDITOR_CLAIM": "roles=editor",
            "PUNKTSVAR_UPLOAD_MB": "20",
            "PUNKTSVAR_CONTACT": "it@kildemose.dk",
        }
    )
    assert (told.editing, told.trusted_network, told.upload_limit) == (True, False, 20_000_000)
    assert (told.editors, told.readers) == (EDITORS.editors, ("@kildemose.dk",))
    assert (told.editor_claim, told.contact) == (("roles", "editor"), "it@kildemose.dk")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUNKTSVAR_EDITING", "maybe"),
        ("PUNKTSVAR_TRUSTED_NETWORK", "yes please"),
        ("PUNKTSVAR_EDITORS", "ida"),
        ("PUNKTSVAR_READERS", "*"),
        ("PUNKTSVAR_EDITOR_CLAIM", "roles"),
        ("PUNKTSVAR_EDITOR_CLAIM", "=editor"),
        ("PUNKTSVAR_UPLOAD_MB", "0"),
        ("PUNKTSVAR_UPLOAD_MB", "501"),
        ("PUNKTSVAR_UPLOAD_MB", "20 MB"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_may_be(name, value):
    with pytest.raises(SettingsWrong, match=name) as told:
        read({name: value})
    assert value in str(told.value)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"email": "ida@kildemose.dk"}, Role.EDITOR),
        ({"email": "IDA@Kildemose.dk", "email_verified": True}, Role.EDITOR),
        ({"email": "ida@kildemose.dk", "email_verified": False}, Role.READER),
        ({"email": "bo@by.kildemose.dk"}, Role.EDITOR),
        ({"email": "bo@xby.kildemose.dk"}, Role.READER),
        ({"email": "ida@kildemose.dk.example.com"}, Role.READER),
        ({"roles": ["reader", "editor"]}, Role.EDITOR),
        ({"roles": "editor"}, Role.EDITOR),
        ({"roles": "no-editor"}, Role.READER),
        ({"groups": ["editor"]}, Role.READER),
        ({"email": ["ida@kildemose.dk"]}, Role.READER),
        ({}, Role.READER),
    ],
)
def test_who_edits_is_told_by_a_verified_address_or_a_claim(claims, role):
    assert role_of(EDITORS, account(claims)) is role


def test_nobody_gets_in_without_signing_in_and_only_readers_where_they_are_listed():
    listed = Settings(editing=True, readers=("@kildemose.dk",), editors=("bo@other.dk",))
    assert role_of(EDITORS, None) is Role.NOBODY
    assert role_of(listed, account({"email": "ida@kildemose.dk"})) is Role.READER
    assert role_of(listed, account({"email": "eve@example.com"})) is Role.NOBODY
    assert role_of(listed, account({})) is Role.NOBODY
    assert role_of(listed, account({"email": "bo@other.dk"})) is Role.EDITOR


def test_an_editor_only_reads_where_editing_is_off():
    off = Settings(editing=False, editors=("ida@kildemose.dk",))
    assert role_of(off, account({"email": "ida@kildemose.dk"})) is Role.READER


def test_without_a_login_who_reaches_more_than_this_machine_edits_only_where_that_is_said():
    assert role_without_login(Settings(editing=True), is_local=True) is Role.EDITOR
    assert role_without_login(Settings(editing=True), is_local=False) is Role.READER
    assert role_without_login(Settings(editing=True, trusted_network=True), is_local=False) is Role.EDITOR
    assert role_without_login(Settings(trusted_network=True), is_local=False) is Role.READER


def test_what_is_this_machine_only():
    assert [is_local(each) for each in ("127.0.0.1", "localhost", "::1", "[::1]", "127.5.5.5")] == [True] * 5
    assert [is_local(each) for each in (None, "", "0.0.0.0", "::", "10.0.0.4", "punktsvar.kildemose.dk")] == [False] * 6
