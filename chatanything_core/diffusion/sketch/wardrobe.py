"""What a character wears, from its profession, its traits and the words of the concept."""

from ...persona import Reading
from .bodies import words_of
from .face.facewear import FACEWEAR
from .hats import HATS

WORN: dict[str, str] = {
    "crown": "king queen prince princess emperor empress royal regal royalty monarch duke duchess majestic",
    "top hat": "butler magician count lord banker aristocratic posh gentleman fancy victorian dandy president mayor",
    "fedora": "detective inspector spy gangster journalist reporter thief mobster noir explorer archaeologist",
    "cowboy hat": "cowboy cowgirl ranger western",
    "sheriff hat": "sheriff",
    "toque": "chef cook baker waiter",
    "wizard hat": "wizard magical enchanted sorcerer sorceress warlock alchemist druid astronomer oracle magic wise-wizard",
    "witch hat": "witch necromancer spooky haunted",
    "tricorn": "pirate",
    "police cap": "policeman policewoman police-officer guard bodyguard postman conductor driver bureaucrat",
    "captain cap": "captain pilot general sergeant admiral dictator coach",
    "helmet": "knight warrior gladiator soldier brave heroic samurai",
    "horned helmet": "viking barbarian",
    "straw hat": "farmer gardener beekeeper fisherman shepherd florist tourist",
    "hard hat": "builder engineer architect mechanic plumber carpenter blacksmith lumberjack",
    "fire hat": "firefighter fireman",
    "miner hat": "miner geologist caver",
    "beret": "painter artist poet sculptor photographer french artistic editor mime bohemian",
    "sailor cap": "sailor diver lifeguard",
    "jester cap": "jester clown comedian silly clownish",
    "mortarboard": "professor scholar philosopher mathematician historian graduate genius learned erudite",
    "nurse cap": "nurse doctor surgeon dentist vet",
    "santa hat": "santa santa-claus father-christmas christmas festive",
    "party hat": "birthday partying excited celebratory",
    "headband": "ninja athlete surfer karate boxer yogi hippie dancer runner sporty",
    "halo": "angel angelic saint heavenly divine holy pure innocent nun pope",
    "horns": "devil demon evil wicked diabolical devilish satanic villainous villain",
    "flower": "ballerina bride romantic hippy spring tropical feminine",
    "bow": "maid girly cute adorable kawaii sweet",
    "headphones": "dj programmer hacker gamer rapper musician rock-star rockstar producer singer",
    "glasses": "librarian teacher accountant professor scientist programmer secretary lawyer economist psychologist writer nerdy geeky bookish clever smart intelligent scholarly pedantic chemist physicist biologist judge journalist inventor tailor hipster editor intellectual analytical studious glasses spectacles",
    "monocle": "count lord banker aristocratic posh snobbish pompous haughty monocle jeweller",
    "moustache": "moustache mustache moustached mustachioed detective barber waiter french inspector suave debonair conductor",
    "walrus moustache": "walrus sheriff general captain sailor lumberjack",
    "goatee": "goatee magician poet philosopher musketeer",
    "beard": "beard bearded wizard druid viking alchemist shaman",
    "bow tie": "butler waiter gentleman professor posh formal elegant magician fancy pianist violinist composer tuxedo",
    "scar": "gladiator gangster warrior fierce tough viking",
}  # fmt: skip
"""What calls for each thing; hyphens stand for blanks."""

SMOOTH = frozenset({"woman", "lady", "curly woman", "grandmother", "girl", "boy"})
"""Bodies that no beard grows on."""
HAIRY = frozenset({"bearded man"})


def worn_by(reading: Reading, body: str) -> tuple[str, ...]:
    """Names of what is worn: at most one thing on the head, and things on the face.

    Things named in the concept ("with a top hat") win over what a profession suggests.
    """
    words = {word.replace(" ", "-") for word in words_of(reading)}
    named = [hat for hat in HATS if hat.replace(" ", "-") in words and hat != reading.noun]
    called = [thing for thing, calls in WORN.items() if words & set(calls.split())]
    hats = named or [thing for thing in called if thing in HATS]
    # A profession says more than a mood: "evil pirate" wears the pirate's hat.
    hats.sort(key=lambda hat: reading.profession.replace(" ", "-") not in WORN.get(hat, "").split())
    hats = [hat for hat in hats if hat != body]
    face = [thing for thing in called if thing in FACEWEAR]
    if body in SMOOTH:
        face = [
            thing
            for thing in face
            if thing not in ("moustache", "walrus moustache", "goatee", "beard")
        ]
    if body in HAIRY:
        face = [thing for thing in face if thing not in ("goatee", "beard")]
    whiskers = [
        thing for thing in ("beard", "walrus moustache", "moustache", "goatee") if thing in face
    ]
    lenses = [thing for thing in ("monocle", "glasses") if thing in face]
    drop = {*whiskers[1:], *lenses[1:]}
    return (*hats[:1], *(thing for thing in face if thing not in drop))
