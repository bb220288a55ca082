"""Words that guessing starts with: a list of our own, for ``practice.domain.passwords``.

Not a copy of a list of leaked passwords: those repeat a few hundred words with digits and signs
around them, and ``passwords.problem`` takes the digits and signs away before it looks here.
All in lower case, letters only, four letters at least.
"""

COMMON = frozenset(
    """
    password passwort passwd passphrase pass secret private login logon signin welcome admin
    administrator root master owner user username guest test testing tester default changeme
    change letmein open opensesame access account enter entry system server computer laptop
    internet website online windows microsoft apple google facebook instagram whatsapp
    qwerty qwertz azerty asdf zxcv qazwsx abcd abcdef trustno hello hallo hiya goodbye please
    thanks thankyou sorry whatever nothing something anything everything forever ever always never
    iloveyou loveyou iloveme love lover lovely loveme mylove truelove darling sweetheart honey
    sweetie sweet babe baby babygirl babyboy angel princess prince queen king kiss kisses heart
    hearts marriage married wedding husband wife hubby wifey partner couple couples family
    mother father mummy daddy mama papa sister brother children kids home house
    therapy therapist counsellor counselling counselor counseling clinic practice session
    sessions client patient dyad portal homework relationship together
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december spring summer autumn winter
    morning evening today tomorrow christmas birthday holiday holidays easter
    football soccer rugby cricket hockey baseball basketball tennis liverpool arsenal chelsea
    everton tottenham manchester united rangers celtic
    london england britain scotland wales ireland dublin birmingham bristol
    dragon monkey tiger lion eagle horse shadow sunshine rainbow flower flowers butterfly summer
    diamond silver golden purple orange yellow green black white chocolate cookie cookies coffee
    pepper ginger banana cheese pizza
    superman batman spiderman starwars pokemon harrypotter minecraft matrix ninja samurai
    killer hunter ranger soldier master jordan mustang ferrari porsche mercedes corvette
    harley yamaha guitar music
    michael michelle jessica jennifer ashley daniel andrew thomas charlie george william robert
    matthew joshua anthony richard david james john paul mark peter sarah emma laura hannah
    nicole amanda samantha elizabeth charlotte sophie olivia
    freedom peace happy lucky money power star stars super magic
    """.split()
)
