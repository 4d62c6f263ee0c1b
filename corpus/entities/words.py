"""Word lists of the recogniser: what is a word first and a name only with its capitals or not at all."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written with blanks between them."""
    return frozenset(words.split())


COMMON = word_set(
    """abe atlantic bach bolton bush congress cooper day dean dear eagle fox fury games general glory great guam
    house hill hope hunter interview it june key king liberty long love mao march marine marines may mic moon
    nam news north ohio pacific park patriot peace peninsula pence post resolve rice ri rocket so song south
    spring states stars sun swamp the times trump turkey un us vox who will wolf young ban china sung lee
    polaris armistice perry hecker juche twitter facebook guard dawn mirror ground korean korea sac
    """
) - {"juche", "twitter", "facebook", "china", "korea", "atlantic", "congress"}
"""One-word names that are also words or parts of names: they need their capitals."""

STOP = word_set(
    """A The An In On At By To Of For From With And But Or Nor So Yet If When While As After Before Since Until
    Because Although Though Despite Still However Meanwhile Moreover Also Then Now Here There This That These Those
    It Its He She They We You I His Her Their Our My Your Who What Which Where Why How Not No Yes All Any Some Most
    Many Much More Few Both Each Every Other Another One Two Three Four Five Six Seven Eight Nine Ten First Second
    Last Next New Old Maybe Perhaps Well Just Only Even Never Always Today Yesterday Tomorrow Talks Peace Poor Wow
    Hey Hmmm Article Classic Say Mark Might Having Whenever Set Sign Experts Nuclear Senior Ignore Understand Imagine
    Let Me Thing Things People Everyone Everybody Someone Nobody Good Bad Great Big Best Right Left Real True Finally
    Unfortunately Fortunately Hopefully Clearly Obviously Basically Actually Course Yeah Lol OK Ok Oh Ah Go Get Do
    Does Did Is Are Was Were Be Been Have Has Had Will Would Can Could Should Shall May Must Under Over Between During
    Among Against About Into Through Without Within Across Along Amid Around Upon Per Via Unlike Like Than Once Ever
    Thus Hence Too Very Such Same Several Whether Either Neither Instead Earlier Later Soon Again Indeed Rather Quite
    Analysts Officials Critics Former Late Early Foreign Defense Defence Prime Vice Deputy Acting Photo Image Read
    Related Sources Watch See Look Think Remember Sorry Thanks Please Really Sure Stop Keep Make Take Give Come Tell
    Ask Call Try Use Wait Nice Love Hate Typical Sounds Seems Looks Filed Sign Updated Published Comments Comment
    Assistant Associate Photos Courtesy Reply Share Advertisement Source Breaking Exclusive Opinion Editorial Analysis Video Live Weightlifting"""
)
"""Words that are capital at the start of a sentence and begin no name."""

MONTHS_AND_DAYS = word_set(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun
    Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays"""
)

TITLES = word_set(
    """President Minister Premier Secretary Ambassador Senator Sen Rep Gov Governor General Gen Admiral Adm Colonel
    Col Marshal Chairman Chairwoman Chair Director Spokesman Spokeswoman Spokesperson Mr Mrs Ms Dr Prof Professor
    Comrade King Queen Emperor Prince Princess Pope Judge Mayor Lt Capt Captain Maj Major Sgt Lawmaker Representative
    Congressman Congresswoman Commander Chancellor Archbishop Cardinal Sir Lady Leader Envoy Delegate Candidate
    spokesman spokeswoman spokesperson leader dictator envoy chief minister president ambassador professor analyst
    delegate negotiator director general secretary lawmaker defector economist historian expert diplomat chairman
    chairperson Chairperson Chief Councilor Councillor Spokespersons Speaker speaker CEO Commissioner commissioner Negotiator Adviser
    Advisor Counselor Consul Lieutenant Sergeant Private Corporal Commodore Premier Vice-President Analyst analyst
    Coach Officer officer prosecutor Prosecutor lawyer mediator founder pastor Pastor Rev Reverend Bishop scholar
    Managing adviser advisor coach skater singer actor author journalist reporter commander governor mayor senator"""
)
"""Words that stand before a person's name and are no part of it."""

PORTFOLIOS = word_set(
    """State Defense Defence Foreign Affairs Unification Treasury Commerce Finance Justice Interior Trade Industry
    Economy Labor Labour Education Health Culture Energy Environment Agriculture Fisheries Security National Home
    Homeland Transport Transportation Science Technology Information Intelligence Staff Public Press Political
    Military Policy Economic Human Rights Strategy Special Executive Managing Assistant Under Joint Armed Forces
    People's Sports Tourism Veterans Gender Equality Presidential First Second Third Chief Parliamentary Floor
    Opposition Party House Senate Senior Associate Honorary Permanent Principal Regional Research Editor Respected
    Supreme Dear Great Beloved"""
)
"""Words that say what someone is minister, secretary or director of."""

LEADING = word_set(
    "New Great Foreign Defense Defence Nuclear Peace First Second Good Big Old One Two Seven All Red Best"
)
"""Words that open sentences, and yet names too."""

TRAILING = word_set("Photo Image Picture File Photos Images Credit Source Video")
"""Words of a picture's credit that stand after a name."""

CAPITAL_WORDS = word_set(
    """God Lord Christmas Easter Internet Web Western West East Eastern Northern Southern Left Right Earth Sun Moon
    Communist Communists Communism Socialist Socialists Marxist Capitalist Republican Republicans Democrat Democrats
    Conservative Conservatives Liberal Liberals Christian Christians Muslim Muslims Jewish Jew Jews Buddhist Catholic
    Protestant Islam Islamic English Nazi Nazis Fascist Stalinist Maoist Cold Hot Allied Allies Axis Sir Madam Mr Mrs
    Ms Dr Mom Dad Mother Father Lady Gentlemen Constitution Bible Olympics Olympic Games Paralympic Nobel Pulitzer
    Oscar Grammy Republic Kingdom Empire Union Nation Nations World War Wars Government State States Federal Internet
    Party Leader Supreme Dear Great Marshal Generalissimo Comrade President Presidents Minister Chairman General King
    Emperor Navy Army Marine Marines Congressional Senate Cabinet Parliament Assembly Court Law Act Article Section
    Chapter Part Table Figure Phase Stage Round Day Days Week Month Year Years Century Age Era Spring Summer Autumn
    Fall Winter Morning Evening Night Eve Holiday Holidays Anniversary Page Pages Note Notes Story Stories Book
    Report Reports Letter Letters Statement Declaration Agreement Treaty Summit Talks Process Plan Project Program
    Programme Peninsula Island Islands River Sea Ocean Mountain Bay Port City Province County District Village Town
    Street Road Avenue Building House Palace Hall Tower Gate Bridge Station Airport Base Camp Fort Center Centre
    Office Department Ministry Bureau Agency Committee Commission Council Board Group Team Club Company Corporation
    Bank University College School Institute Academy Hospital Museum Church Temple Hotel Restaurant Cafe Editor Reuters
    Huge Wow Yes No Please Thanks Hello Hi Ok Okay Lol Btw Imo Fyi True False Wrong Correct Sad Bad Amen Bravo Ha Oh
    Image Photo Video Copyright Reserved Rights Comment Reply Share Email Facebook Tweet Subscribe Advertisement
    Read More Click Here Next Previous Home About Contact Search Menu Login Register Sign Follow Related Latest Top
    Trending Opinion Sport Sports Business Politics Technology Science Health Entertainment Culture Travel Style Life
    Korean Armistice Truth Freedom Peace Unification Reunification Revolution Revolutionary People Peoples Capitalism
    Imperialist Imperialists Yankees Bolshevik Soviet Soviets Zionist Confucian Confucianism Buddhism Christianity"""
)
"""Words that are written with a capital and yet name nothing, or nothing that could be told from them."""

CAPITALS_THAT_NAME_NOTHING = word_set(
    """CEO CFO COO GDP GNP TV PM AM ID IT AI PR HR VIP FAQ PDF USD KRW WON NGO NGOS POW POWS MIA KIA WMD WMDS WIA SMS
    DNA HIV LED LCD SUV EDT EST GMT KST PST PDT CET UTC NOTE EDITOR PHOTO FILE IMAGE VIDEO READ MORE ALSO THE AND NOT
    FOR BUT YES WHY WHO HOW ALL ARE YOU CAN WAS HAS ITS OUR BREAKING UPDATE NEWS LIVE GOP ASAP RIP LOL OMG WTF IMO
    IMHO BTW FYI LWR LWRS HEU ABM SSBN CBM CVID PVID POOL AGE NEW JUST WILL ONLY VERY WITH FROM THAT THIS HAVE BEEN
    ZERO EVIL BIG BAD WAR END NOW OUT OFF TOP WIN DID GET GOT LET MAN MEN SAY SEE TOO TWO ONE USE WAY QUESTION"""
)
"""Abbreviations and shouted words that are no names."""

LINKS = frozenset(["of", "for", "and", "the", "on", "de", "van", "von", "bin", "al"])
"""Small words that may stand inside a name of several words."""

VERBS_OF_SAYING = word_set(
    """said says told added adds announced wrote tweeted noted warned argued explained stated claimed insisted
    suggested writes argues notes believes thinks asked replied"""
)

_LAST_WORDS = {
    "ORG": """Ministry Department Committee Commission Council Agency Party University Institute Center Centre Bureau
        Army Navy Force Forces Corps Bank Group Corp Inc Ltd Company Association Foundation Office Assembly Congress
        Parliament Court Union Organization Organisation News Times Post Herald Daily Journal Press Television
        Broadcasting Federation Command Service Academy College School Church Ilbo Sinmun Shinmun Fund Authority
        Administration Board Panel League Alliance Team Airlines Motors Electronics Network Society Regiment
        Division Brigade Fleet Bloc Coalition Intelligence Herald Studio Studios Airline Semiconductor Securities
        Club Faction Steel Shipbuilding Industries Insurance Prosecution""",
    "LAW": "Act Treaty Agreement Declaration Accord Pact Resolution Amendment Protocol Convention Communique Statement",
    "EVENT": """War Summit Games Olympics Festival Revolution Uprising Crisis Conference Cup Election Exercise
        Massacre Movement Coup Championships Forum Incident Asiad Universiade Marathon""",
    "LOC": """River Sea Ocean Island Islands Mount Mountain Mountains Peninsula Bay Strait Lake Province County City
        District Port Harbor Harbour Village Zone Valley Coast Desert Gulf""",
    "FAC": "Room Building Plaza Tower Towers Complex Museum Temple Shrine Airport Bridge Street Avenue Highway Palace Square Stadium Factory Farm Plant Mill Mine Dam Reactor Shipyard Station Camp Base Tower Prison Hospital Hotel",
}
LAST_WORDS = {word: kind for kind, words in _LAST_WORDS.items() for word in words.split()}
"""What the last word of a name says about its type."""
