"""Words that are names too, or stand beside names: what tells a name from a word when names become roles."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Names that are ordinary words as well: in small letters they are the word.
AMBIGUOUS = _words(
    """
    able ace an and angel apple april arch art as ash ask august autumn baker ball band bank banks baron basil bath
    battle bay bean bear beau bee bell berry best bill birch bishop black bliss blossom blue bond booth boss bourne
    bow boy brand brave breeze brick bridge brook brooks brown buck bud bull burn bush butcher butler buzz cain can
    candy cane card care case cash chance charity chase chip christian chuck church clay cliff close coal cook coral
    cork court crow cruise curry dam dame dash dawn day deal deer destiny diamond dick dock dodge dot dove drake
    drew drum dusty dyer earl easter eve even ever faith falcon fall farmer favor fawn fern field fields finch fish
    flint flower ford forest foster fox frank frost garden gardener gay gem gene glass glory gold good grace grant
    grave graves gray green grey grove guy ha hail hale hall happy hardy harmony harp hawk he heath held hill hills
    ho holiday hollow honey honor hood hook hope house hull hunt hunter i in iron is ivory jet job joy judge jump
    june just king kit knight lake lamb land lane lark lawn lay leaf liberty light line link lion little long lord
    lot love low lucky ma major mark marks mars may mead melody mercy merry mile miles mill miller mine mint miss
    mole moon moor more moss my new nice night no noble north oak olive opal or orange pa page park parks pat
    patience peace peach pearl pen penny pepper pick pike piper pope porter power precious price prince princess
    prudence queen rain ray read reading red rich ridge river rock rod rose rugby rush rusty sable sack sage sailor
    salt sand sandwich sandy say scout sea see seed shade sharp shell shepherd shore short silver singer skip sky
    small snow so son song south spring star stark stew stone storm story street strong sugar summer sun sunny swan
    swift tab tad tailor tan temple tern thorn tiger to topaz trip tuck vale valley van victory wade wall ward
    warden waters wave way weather weaver wed well wells west wheat wheeler white wild will willow win winter wise
    wit wolf wood woods woody worth yarrow young
    """
)

# Words that open a clause or go on with one: after "Will", "May" or "Hope" at the beginning of a sentence these make
# it a word.
FUNCTION = _words(
    """
    a about after again all also am an and any anyone anything are as at be because been before being but by can
    could did do does down each either even ever every everyone everything few for from had has have he her here him
    his how i if in into is it its just less like many me more most much my myself neither never no nobody none not
    nothing of off on once one only or other our out over own same she should so some somebody someone something
    still such than that the their them then there these they this those through to today together tomorrow too
    under until up us very was we were what when where which while who whom whose why with without would yes
    yesterday yet you your
    """
)

# What stands beside a name and is none: kinship, titles, places of meeting, particles of surnames.
BESIDE_NAMES = _words(
    """
    adult adults arzt aunt auntie baby bloke blokes boss boyfriend boys bro brother bruder buddy call captain carer
    carers cat cell child children church clinic club coach colleague colleagues counselling counsellor counselor
    cousin coworker crew crisis dad daddy daughter dear dentist doc doctor dog door downstairs dr driver email
    everybody everyone ex family father fiance fiancee flatmate folk folks former foster frau freund freundin friend
    friends gang girl girlfriend girls godfather godmother gp gran grandad granddad grandfather grandma grandmother
    grandpa granny group guide guy guys gym half health helper helpline herr his home hospital house housing husband
    in-law kid kids lad lads lady landlady landlord law lawyer line ma mail man manager mate mates meeting mein
    meine meiner men mental mentor mes miss mobile mom mommy mon mother mr mrs ms mum mummy mutter mx nan neighbor
    neighbors neighbour neighbours nephew next nhs niece night number nurse office officer officers old older oma
    onkel online opa other parent parents partner pastor people phone priest prof professor psychiatrist recovery
    relatives rev road roommate school schwester service services sir sis sister social somebody someone son sponsor
    st staff step stepdad stepmum street support tante teacher team teens tel telephone text the therapist therapy
    uncle upstairs vater von warden wife woman women work worker workers young younger
    """
)

# Of these none stands for a whole name, but at its beginning with a capital: "Ben", "Al".
PARTICLES = _words(
    """
    al ap ben bin da das de del della der des di do dos du el fitz ibn la las le les los mac mc o saint san st ten
    ter van vom von y zu zum zur
    """
)

# What makes the word before it, at the beginning of a sentence, a word and no name: "Will you", "May I", "Hope it".
MAKES_A_WORD = _words(
    """
    a all an anybody anyone be everybody everyone everything he her him his i it me my no nobody not our she so some
    somebody someone that the their them there these they this those to up us we what you your
    """
)

TITLES = _words("dr mr mrs ms mx prof rev st")

# What no name is followed by, and "Will" and "May" are, at the beginning of a sentence: "Will call tomorrow".
BASE_VERBS = _words(
    """
    ask attend avoid bring buy call check come do drink drive eat find finish get give go have join keep learn leave
    listen look make meet move need phone plan remember see send sleep speak start stay stop take talk think try use
    visit wait walk watch work write
    """
)

# In capitals among capitals these are the words: "I WILL NOT".
MOSTLY_WORDS = FUNCTION | _words("can hope may will")

# Meetings, by their letters: "A.A." is nobody's initials.
FELLOWSHIPS = _words("aa ca cma da ga ha ma na oa sa")

# What stands in an address and tells nobody where.
PLACE_WORDS = _words(
    """
    apartment apt ask avenue block box building close corner court crescent drive flat floor ground hospital lane level
    lower main mobile number opposite place po road room square st station strasse street suite unit upper weg
    daytime evenings mornings weekends
    """
)

# Of a mail address or a link these tell nobody apart, and a page may speak of them.
SERVICES = _words(
    """
    admin aol appointments contact discord enquiries facebook freenet gmail gmx googlemail hello hotmail icloud insta
    instagram linkedin messenger office outlook posteo proton protonmail reception signal skype sms support telegram
    tiktok twitter welcome whatsapp yahoo youtube
    """
)

# In front of a month, so that "in May" stays a month.
BEFORE_A_MONTH = _words("around by during early every in last late mid next since this till until throughout end")
MONTHS_AS_NAMES = _words("april august may june")
OF_A_MONTH = _words("beginning end first last middle month nd rd st start th week weeks")

# What follows an apostrophe in a word that is no name: "she'll".
CONTRACTIONS = _words("d ll m re s t ve")

# What stands with a capital inside a sentence and is nobody.
CAPITALISED = _words(
    """
    african american apr april arab arabic asian aug august australian austrian bengali british bulgarian canadian
    chinese christmas croatian czech danish dec december dutch easter english estonian european feb february finnish
    french fri friday german god greek hebrew hindi hungarian i indian indonesian irish italian jan january japanese
    jul july jun june korean latin latvian lent lithuanian malay mar march may mexican mon monday norwegian nov
    november oct october ok persian polish portuguese punjabi ramadan romanian russian sat saturday scottish sep
    sept september serbian slovak slovenian spanish sun sunday swedish swiss tamil thai thu thur thurs thursday tue
    tues tuesday turkish ukrainian urdu vietnamese wed wednesday welsh
    """
)
