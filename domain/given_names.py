"""First names: which differ in spelling and are one, which look alike and are two. Decides nothing of last names."""

from collections import defaultdict
from collections.abc import Mapping

_SAME_LIST = """
alexander alex sasha sascha, alexandra alex sandra sasha, alexei alexey aleksei, alistair alasdair al
albert al bert, alfred al fred, andrew andy drew, andreas andi, anthony antony tony, antonio tony toni
arthur art, barbara barb babs, benjamin ben benny benji, bernard bernie, bradley brad, brian bryan
carl karl, carolyn caroline carrie, catherine katherine kathryn catharine katharina kate kathy cathy katie
charles charlie chuck chas, charlotte lottie charlie, christine chris chrissie tina, christina chris chrissie tina
christopher chris kit topher, christian chris, claire clare, cynthia cindy, daniel dan danny, david dave davey
deborah debra deb debbie, dennis denis, donald don donnie, dorothy dot dottie, douglas doug, edward ed eddie ted ned
edmund ed ned, elizabeth elisabeth liz lizzie eliza beth betty bess libby lisa, eleanor ellie nell, emily em
eric erik erick, erica erika, evelyn eve evie, frances fran frankie, francis frank, francisco paco pancho paquito
franklin frank, frederick fred freddie, friedrich fritz, gabriel gabe, geoffrey jeffrey geoff jeff, george georgie
gerald gerry jerry, gregory greg, harold harry hal, henry harry hank, heinrich heinz, helen ellen, helena lena
ignacio nacho, isabel isabelle izzy bella, isabella izzy bella, jacob jake, jacqueline jackie, james jim jimmy jamie
janet jan, jennifer jen jenny, jeremy jerry jem, jessica jess jessie, joan joanie, joanna johanna jo, joanne jo
johannes hans johann hannes jan, john jon johnny jack, jonathan jonathon jon jonny, jose pepe, joseph josef joe joey
joshua josh, judith judy judi, kenneth ken kenny, kimberly kim kimberley, kristin kristen kirsten
laurence lawrence larry laurie, leonard leo len lenny, louis lewis lou, margaret maggie meg peggy greta
mark marc marcus, matthew matt mathew matthias, maximilian max, michael mike mick mickey michel
mohammed muhammad mohamed muhammed mohammad md, nathaniel nathan nate nat, nicholas nicolas nick nico niklas
nicole nicky, nicola nicky, oliver olli ollie, pamela pam, patricia pat patty trish tricia, patrick pat paddy rick
penelope penny, peter pete, philip phillip phil, rachel rachael, raymond ray, rebecca rebekah becky becca
richard rick rich dick ricky richie, robert bob bobby rob robbie bert, roberta bobbie, ronald ron ronnie
roderick rod, samantha sam sammy, samuel sam sammy, sarah sara sally, stanley stan, stephanie steph stefanie
stephen steven steve stephan stefan, susan sue susie, suzanne suzy sue, sylvia silvia
teresa theresa terry tess, terence terry, theodore ted theo teddy, thomas tom tommy, timothy tim timmy
valerie val, victor viktor vic, victoria vicky vickie tori, vincent vince, virginia ginny, vladimir vova volodya
walter walt wally, william bill billy will willy liam, yekaterina ekaterina katya, zachary zach zack
"""
"""Each group holds one full name with its usual short forms and spellings, in the languages that colleagues
write most. Small on purpose: a group too many joins two people, a missing one costs a merge later."""

_TWO_LIST = """
alida alina alisa, amina amira, amita anika anita ankita, brice bruce, danny donny, elena elina, elina elisa
frances francis, gerald gerard, hanna henna, jalal jamal, jamal jamil, jamie janie, karan kiran, karen karin
karim kasim, karina katina, marco mario, marian marion, maria marta, marina martina, marius markus, martin marvin
milly molly, pablo paolo, rajesh rakesh ramesh, salma selma, sofia sonia, sudesh suresh, suman susan, vijay vinay
"""
"""One slip apart, and all in wide use."""


def _groups_of(text: str) -> Mapping[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(text.replace("\n", ",").split(",")):
        for name in group.split():
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


_SAME, _TWO = _groups_of(_SAME_LIST), _groups_of(_TWO_LIST)
_NONE: frozenset[int] = frozenset()


def are_one_name(one: str, other: str) -> bool:
    """Whether both (as in a person's key) are forms of one first name: Bob and Robert."""
    return not _SAME.get(one, _NONE).isdisjoint(_SAME.get(other, _NONE))


def are_two_names(one: str, other: str) -> bool:
    """Whether both are names of their own although one slip makes the one of the other: Carla and Clara."""
    return not _TWO.get(one, _NONE).isdisjoint(_TWO.get(other, _NONE))
