"""Words of imported files: taken up to be looked for, and remarked where they look like a known one."""

from domain.imports.kinds import ImportKind
from domain.query import Facet
from steps import vocabulary
from storage.accounts import Account
from tests.bot.importing import Office, office

__all__ = ["office"]

ACCOUNTS = (
    "Account,Industry,Segment,Products\nAcme,Helthcare,Enterprise,Core; Vault\nBeta,helthcare,,\n"
    "Gamma,Healthcare,,Valut\n,Refused trade,,\nDelta,Underwater hockey,,Core\n"
)
REMARKS = {
    "industry “Helthcare” looks like “healthcare”; kept as written.": (2, 3),
    "product “Valut” looks like “Vault”; kept as written.": (4,),
}


def test_a_word_that_looks_like_a_known_one_is_remarked_once_and_kept(office: Office) -> None:
    assert office.load(ImportKind.ACCOUNTS, ACCOUNTS, dry_run=True).remarks == REMARKS
    assert office.load(ImportKind.ACCOUNTS, ACCOUNTS).remarks == REMARKS
    written = {account.name: (account.industry, account.products) for account in office.every(Account)}
    assert written["Acme"] == ("Helthcare", ["Core", "Vault"])
    own = office.see(vocabulary.glossaries)
    assert list(own[Facet.PRODUCT].shown) == ["Core", "Vault", "Valut"]
    assert {"Helthcare", "Underwater hockey"} <= set(own[Facet.INDUSTRY].shown)
    assert "Refused trade" not in own[Facet.INDUSTRY].shown
    assert office.load(ImportKind.ACCOUNTS, ACCOUNTS).remarks == REMARKS


def test_the_words_of_advocates_too(office: Office) -> None:
    text = "Name,Company,Industry,Languages,Role\nAda,Acme,Finacial services,Germn,CISO\n"
    report = office.load(ImportKind.ADVOCATES, text)
    assert report.remarks == {
        "industry “Finacial services” looks like “financial services”; kept as written.": (2,),
        "language “Germn” looks like “German”; kept as written.": (2,),
    }
    assert "lines 2" not in "\n".join(report.sentences())
    said = [sentence.strip() for sentence in report.sentences()]
    assert "line 2: language “Germn” looks like “German”; kept as written." in said
