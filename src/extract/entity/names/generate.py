#!/usr/bin/env python3
"""Builds the lists of names, titles and organisations of this folder.

    pip download --no-deps arabic-name-romanizer==0.2.0
    python3 generate.py arabic_name_romanizer-0.2.0-py3-none-any.whl

Needs Python 3.11 or later, nothing else; the package is read as a file, not installed.

Input, by hand: curated/*.txt (each says in its first lines what it is and how it is written) and the tables below.
Input, from the package: words for which it has a Wikidata person of an Arab country (table `units`).
Output: the .tsv files of this folder; the same input gives the same output. With --check nothing is written, the files of
the folder are compared with what would be.

Order matters in curated/: a spelling belongs to the first name that has it.
"""
import argparse, collections, hashlib, os, re, sqlite3, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHA256 = 'f70b89614d9b5866dcf911d098c5e45d2b1f559461f238e8c5259b731fcf2a7e'
ARAB = set('AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE'.split())

# --------------------------------------------------------------------------- text
MARKS = re.compile('[\u0610-\u061a\u064b-\u065f\u0670\u0640]')
FOLD = str.maketrans('أإآٱىة', 'اااايه')
ARABIC = re.compile('[ء-غف-يًٌٍَُِّْ ]+')

def fold(s): return MARKS.sub('', s).translate(FOLD)

def lines(name):
    with open(os.path.join(HERE, 'curated', name), encoding='utf-8') as f:
        for l in f:
            l = l.rstrip('\n')
            if l and not l.startswith('#'): yield l

def words(name): return [w for l in lines(name) for w in l.split()]

def sections(name):
    """(`@` line, entry) for every entry of a file with sections"""
    head = None
    for l in lines(name):
        if l.startswith('@'): head = l[1:].split()
        else:
            for w in l.split(): yield head, w

def spellings(entry):
    """`a*|b_c` -> (['a', 'b_c'], ambiguous)"""
    return [a.rstrip('*') for a in entry.split('|')], '*' in entry

def uniq(forms, but=()):
    seen, out = {fold(b) for b in but}, []
    for f in forms:
        if fold(f) and fold(f) not in seen: seen.add(fold(f)); out.append(f)
    return out

# --------------------------------------------------------------------------- output
OWN = 'Source: written by hand for this project, no outside source. Licence: MIT OR Apache-2.0.'
PACKAGE = ('Partly selected from PyPI arabic-name-romanizer 0.2.0 (rows whose source is Wikidata, CC0 1.0), '
           'spelling restored and tiers set by hand; the rest written by hand for this project.')

def put(check, name, head, cols, rows):
    rows = sorted(rows, key=lambda r: [x.encode() for x in r])
    for r in rows: assert len(r) == len(cols) and not any('\t' in x or '\n' in x for x in r), r
    text = ['# ' + h for h in head] + ['\t'.join(cols)] + ['\t'.join(r) for r in rows]
    data, path = ('\n'.join(text) + '\n').encode(), os.path.join(HERE, name)
    if not check:
        with open(path, 'wb') as f: f.write(data)
    with open(path, 'rb') as f:
        if f.read() != data: raise SystemExit(f'{name}: not what generate.py makes of curated/')
    print(name, len(rows))

# --------------------------------------------------------------------------- the package
def package(path):
    """(people by given name, by family name, Latin spellings), each by the folded Arabic word"""
    with open(path, 'rb') as f: digest = hashlib.sha256(f.read()).hexdigest()
    if digest != SHA256: raise SystemExit(f'{path}: not the wheel of arabic-name-romanizer 0.2.0')
    with zipfile.ZipFile(path) as z: data = z.read('arabic_name_romanizer/resources/names.sqlite3')
    db = sqlite3.connect(':memory:'); db.deserialize(data)
    given, family, latin = {}, {}, collections.defaultdict(collections.Counter)
    for key, lat, country, role, n in db.execute(
            "select arabic_key, latin, country, role, count from units where source = 'wikidata' order by rowid"):
        if not re.fullmatch('[ء-ي ]+', key): continue
        latin[key][lat.lower()] += n
        people = {'given': given, 'surname': family}.get(role)
        if people is not None: people[key] = people.get(key, 0) + (n if country in ARAB else 0)
    return given, family, latin

ALEF_MAQSURA = set(words('package_alef_maqsura.txt'))
SPELLING = dict(w.split('=') for w in words('package_spelling.txt'))
NOT_NAMES = set(words('package_not_names.txt'))
NOT_SURNAMES = set(words('package_not_surnames.txt'))
# words in alef without hamza (verbal nouns, Maghrebi names)
WASLA = ('ابت', 'انت', 'اعت', 'انش', 'اشت', 'اقت', 'امت', 'اكت', 'ابن', 'افت', 'اسك', 'احت', 'ارت', 'اهت', 'اخت', 'التم', 'اغن', 'اذ')
# after the article: hamza below, or none
BELOW = ('براهيم', 'دريس', 'سلام', 'سكند', 'رياني', 'مام', 'يما', 'حسا', 'خوان')
NONE = ('متيا', 'ستقل', 'تحاد')
# words in heh, not in ta marbuta
HEH = set('''الله طه نزيه وجيه نبيه عبده ربه فقيه الفقيه الوجيه شاه تايه بيه ويه النزيه جاه مياه مسكويه زاده سيبويه فاهيه
    نبهه عبدربه'''.split())

def restore(key, latin):
    """The spelling with hamza, ta marbuta and alef maqsura, from the folded word and its Latin spellings."""
    if key in SPELLING: return SPELLING[key]
    lat = max(latin, key=latin.get) if latin else ''
    parts, out = key.split(' '), []
    for w in parts:
        w = SPELLING.get(w, w)
        if w.startswith('الا') and len(w) > 4:
            rest = w[3:]
            w = 'ال' + ('إ' if rest.startswith(BELOW) else 'ا' if rest.startswith(NONE) else 'أ') + rest
        elif w.startswith('ا') and not w.startswith('ال') and len(w) > 2 and not w.startswith(WASLA):
            if w.startswith('اي'): w = ('أ' if lat[:2] in ('ay', 'ai') else 'إ') + w[1:]
            else: w = ('إ' if lat[:1] in ('i', 'e') else 'أ') + w[1:]
        if w.endswith('ه') and len(w) > 2 and w not in HEH and not w.endswith(('الله', 'زاده', 'شاه')): w = w[:-1] + 'ة'
        if w.endswith('ي') and len(parts) <= 2 and w in ALEF_MAQSURA: w = w[:-1] + 'ى'
        out.append(w)
    return ' '.join(out)

# --------------------------------------------------------------------------- names
class Names:
    """Names by their first spelling; a name with a spelling that is there already joins that name."""
    def __init__(self):
        self.rows, self.index, self.ambiguous = {}, {}, set()

    def add(self, forms, origin, ambiguous, gender=''):
        forms = [f.replace('_', ' ') for f in forms]
        for f in forms: assert ARABIC.fullmatch(f), f
        key = next((self.index[fold(f)] for f in forms if fold(f) in self.index), None)
        if key is None:
            key = fold(forms[0])
            self.rows[key] = {'name': forms[0], 'forms': [], 'genders': set(), 'origin': origin}
        row = self.rows[key]
        for f in forms:
            if fold(f) not in self.index: self.index[fold(f)] = key; row['forms'].append(f)
        row['genders'].add(gender)
        if ambiguous: self.ambiguous |= {fold(f) for f in forms}

    def forms(self, key):
        row = self.rows[key]
        return [row['name']] + uniq(row['forms'], [row['name']])

# Origins whose `a_b` is a full name: family name first, or given name first.
FAMILY_FIRST = {'chinese', 'korean'}
SPLIT = FAMILY_FIRST | set('african central_asian albanian nordic hungarian greek southeast_asian turkish indian armenian georgian'.split())

# Particles that the program itself binds to the word after them.
BINDING = ('بن', 'ابن', 'أبو', 'أبي', 'أم', 'آل', 'عبد', 'ولد', 'نصر', 'صفي', 'سيف', 'شيخ', 'سان', 'ثان', 'عالي')

def known_people():
    """(origin, given names, family name or None, ambiguous given, ambiguous family) of the well-known people"""
    for fn in ('people_world.txt', 'people_arab.txt'):
        for (origin,), entry in sections(fn):
            first, *others = entry.split('|')
            given, _, last = first.partition('_')
            families = [f.replace('+', ' ') for f in [last.rstrip('*'), *[o.rstrip('*') for o in others]]]
            families = [f for f in families if not f.startswith(BINDING) and f.split(' ')[-1] not in ('الله', 'الدين')]
            firsts = [g for g in given.rstrip('*').split('+') if g != '-' and len(g) > 2 and not g.startswith('ال') and g not in BINDING]
            yield origin, [] if given.startswith(BINDING) else firsts, families, given.endswith('*'), '*' in last

def given_names(people, family, latin):
    """The given names, and family names that were found in full names (name -> origin)."""
    names, extra = Names(), {}
    for fn in ('given_arabic.txt', 'given_western.txt', 'given_others.txt'):
        for (origin, gender), entry in sections(fn):
            forms, amb = spellings(entry)
            if origin not in SPLIT or '_' not in entry: names.add(forms, origin, amb, gender); continue
            for f in forms:
                p = f.split('_')
                if len(p) == 1: names.add(p, origin, amb, gender)
                elif origin in FAMILY_FIRST:
                    extra.setdefault(p[0], origin)
                    if len(p) == 3: names.add([p[1] + ' ' + p[2]], origin, False, gender)
                    elif len(p) == 2: names.add([p[1]], origin, amb, gender)
                else:
                    names.add([p[0]], origin, amb, gender)
                    if len(p) == 2: extra.setdefault(p[1], origin)
    for origin, firsts, families, rough, _ in known_people():
        for name in firsts:
            if fold(name) not in names.index: names.add([name], origin, rough or origin == 'arabic')
    for entry in words('given_abd.txt'):
        names.add([f for x in entry.split('|') for f in ('عبد ' + x, 'عبد' + x)], 'arabic', False, 'm')
    for fn, second in (('given_din.txt', 'الدين'), ('given_allah.txt', 'الله')):
        for entry in words(fn):
            forms, amb = spellings(entry)
            names.add([f for x in forms for f in [x + ' ' + second] + ([] if x.endswith('ة') else [x + second])], 'arabic', amb, 'm')
    for k in people:
        if people[k] < (4 if k.startswith('ال') else 3) or people[k] < family.get(k, 0): continue   # rare, or rather a family name
        if ' ' in k or len(k) < 3 or k.startswith('عبدال') or k in names.index or {k, k + '_'} & NOT_NAMES: continue
        name = restore(k, latin[k])
        names.add([name], 'arabic', True, 'f' if name.endswith(('ة', 'اء')) else 'u')
    return names, extra

def surnames(people, family, latin, given, given_ambiguous, extra, ambiguous):
    names = Names()
    listed = set(words('surnames_ambiguous.txt'))
    for fn in ('surnames_arabic.txt', 'surnames_others.txt'):
        for (origin,), entry in sections(fn):
            forms, amb = spellings(entry)
            names.add(forms, origin, amb)
    for origin, _, families, _, rough in known_people():
        new = [f for f in families if fold(f) not in names.index and fold(f) not in given.index]
        for name in new: names.add([name], origin, rough or len(name) <= 3 or ' ' not in name and fold(name) in ambiguous)
        if rough: names.ambiguous |= {fold(f) for f in new}
    for name, origin in extra.items(): names.add([name], origin, len(name) <= 4 or fold(name) in ambiguous)
    for k in family:
        if family[k] < 3 or k in NOT_SURNAMES or len(k) < 3 or k.startswith(('بنت ', 'ابن ')): continue
        if k in names.index:
            if k in listed: names.ambiguous.add(k)
            continue
        is_given = people.get(k, 0) >= 2
        if is_given and k not in given.index or k in NOT_NAMES: continue
        amb, name = k in listed or k in ambiguous, restore(k, latin[k])
        if is_given:
            row = given.rows[given.index[k]]
            if row['origin'] != 'arabic': continue
            if fold(row['name']) == k: name = row['name']
            amb = amb or given.index[k] in given_ambiguous
        names.add([name], 'arabic', amb)
    for k in family:   # rare ones: nisbas with the article only
        if family[k] == 2 and re.fullmatch('ال[^ ]{3,}ي', k) and k not in NOT_SURNAMES and k not in names.index:
            names.add([restore(k, latin[k])], 'arabic', True)
    return names, listed

def lexicon():
    """Folded words of the other lists: a name spelled like one of them is ambiguous."""
    lex = set()
    for fn in ('titles.txt', 'organisation_words.txt'):
        for t in re.split(r'[\s|]+', '\n'.join(lines(fn))):
            t = fold(t.replace('_', ' '))
            if len(t) > 1: lex |= {t, 'ال' + t, t + 'ه', 'ال' + t + 'ه', t[2:] if t.startswith('ال') and len(t) > 4 else t}
    for fn, cells in (('organisation_heads.txt', 2), ('event_heads.txt', 1)):
        for l in lines(fn):
            for t in l.split(';')[:cells]: lex |= {fold(t), 'ال' + fold(t)}
    return lex | {fold(t) for t in words('stop_words.txt')}

def names(check, wheel):
    people, family, latin = package(wheel)
    given, extra = given_names(people, family, latin)
    ambiguous = given.ambiguous | {fold(x) for x in words('names_ambiguous.txt')} | lexicon()
    never = {fold(x) for x in words('not_names.txt')}
    certain = {fold(x) for x in words('names_certain.txt')}

    def rows(names, amb, cells):
        for k, row in names.rows.items():
            forms = [f for f in names.forms(k) if fold(f) not in never]
            if not forms: continue
            tier = 'ambiguous' if k in amb and fold(forms[0]) not in certain else 'certain'
            yield [forms[0], '|'.join(forms[1:])] + cells(row) + [tier]

    def gender(row):
        g = row['genders'] - {'u'}
        return g.pop() if len(g) == 1 else 'u'

    def is_ambiguous(names, k, words): return len(k) <= 2 or any(fold(f) in words for f in names.forms(k))
    gamb = {k for k in given.rows if is_ambiguous(given, k, ambiguous)}
    sur, listed = surnames(people, family, latin, given, gamb, extra, ambiguous)
    samb = {k for k in sur.rows if is_ambiguous(sur, k, sur.ambiguous | ambiguous | listed)}
    put(check, 'given.tsv', [
        'Given names in Arabic spelling. `gender`: m, f or u (either, or not known). `tier`: ambiguous where a form is also an ordinary word, place, number or particle once folded, or too short to be safe.',
        PACKAGE], ['name', 'forms', 'gender', 'origin', 'tier'], rows(given, gamb, lambda r: [gender(r), r['origin']]))
    put(check, 'surnames.tsv', [
        'Family names in Arabic spelling. `tier` as in given.tsv: nicknames, trades, nisbas of places and groups are ambiguous.',
        PACKAGE], ['name', 'forms', 'origin', 'tier'], rows(sur, samb, lambda r: [r['origin']]))

# --------------------------------------------------------------------------- titles
KIN = set('أخ أخت عم عمة خال خالة جد جدة'.split())                  # with the article only
NO_ARTICLE = set('قاض محام مغن وال'.split())                         # shortened forms
# these only make a name ambiguous (see lexicon)
NO_TITLE = set('زوج زوجة أرملة نجل ابن ابنة شقيق شقيقة والد والدة حفيد حفيدة قائد_الشهيد مؤثر مؤثرة حكمة'.split())
NO_FORM = {'أب', 'المحافظة', 'المدرسة'}
# words of both sections that count as honorific
HONORIFIC = set('''شيخ إمام كاتب كاتبة طبيب طبيبة محامي محامية مهندس مهندسة بطريرك مطران حاخام مفتش مفتشة خطيب مراسل مراسلة مخرج
    مخرجة رائد رائدة ضابط ضابطة'''.split())

def titles(check):
    honorific, office, done = [], [], {}
    for (kind,), entry in sections('titles.txt'):
        for f in entry.split('|'):
            if f in NO_TITLE: continue
            forms = [f]
            if not kind.endswith('_exact'):
                if f in KIN: forms = []
                if '_' not in f and f not in NO_ARTICLE: forms.append('ال' + f)
            (honorific if kind.startswith('honorific') else office).extend((x, f) for x in forms)
    # the words of both sections: an office, but for those of HONORIFIC
    for kind, rows in (('office', [r for r in office if r[1] not in HONORIFIC]), ('honorific', honorific), ('office', office)):
        for f, _ in rows:
            f = f.replace('_', ' ')
            if f not in NO_FORM: done.setdefault(fold(f), [f, kind])
    put(check, 'titles.tsv', [
        'Title words before names. `honorific`: a bare title directly before a name. `office`: a role word that may take a nationality adjective or an institution before the name. Forms stand with and without the article.',
        OWN], ['form', 'kind'], done.values())

# --------------------------------------------------------------------------- organisations
SUBTYPES = set('party movement army agency ministry un ngo media club company bank university court union federation armed_group government other'.split())

def organisations(check):
    rows, ids, seen = [], set(), {}
    for fn in ('organisations_1.txt', 'organisations_2.txt', 'organisations_3.txt'):
        for l in lines(fn):
            i, sub, country, name, forms = l.split(';')
            i = i.lower().replace('_', '-')
            assert sub in SUBTYPES and re.fullmatch('([A-Z]{2})?', country) and i not in ids, l
            ids.add(i)
            forms = [name] + [f for f in forms.split('|') if f]
            for tier, fs in (('certain', [f for f in forms if not f.endswith('*')]), ('ambiguous', [f[:-1] for f in forms if f.endswith('*')])):
                mine = []
                for f in uniq(fs):
                    k = fold(f).lower()
                    assert seen.get(k, i) == i, f'{f}: {i} and {seen[k]}'
                    if k not in seen: seen[k] = i; mine.append(f)
                if mine: rows.append([mine[0], '|'.join(mine[1:]), 'org/' + i, country, sub, tier])
    put(check, 'organisations.tsv', [
        'Organisations known by name. `forms`: aliases, abbreviations in Arabic and Latin letters, short forms. `country`: ISO 3166-1 alpha-2 code of the seat, empty where international.',
        'An id may stand on two rows: the certain row has the canonical name; the ambiguous row holds those forms of the same organisation that are also ordinary words, places or names.',
        OWN], ['name', 'forms', 'id', 'country', 'subtype', 'tier'], rows)

# heads of two words that have a form with the article
DEFINITE = {
    'دار نشر': 'دار النشر', 'هيئة أركان': 'هيئة الأركان', 'مجلس إدارة': 'مجلس الإدارة', 'نيابة عامة': 'النيابة العامة',
    'مجلس نواب': 'مجلس النواب', 'كلية طب': 'كلية الطب', 'لجنة تحقيق': 'لجنة التحقيق', 'لجنة أولمبية': 'اللجنة الأولمبية',
    'وكالة أنباء': 'وكالة الأنباء', 'وكالة فضاء': 'وكالة الفضاء', 'هيئة إذاعة': 'هيئة الإذاعة', 'مجلس أعلى': 'المجلس الأعلى',
    'مجلس وطني': 'المجلس الوطني', 'جمعية عمومية': 'الجمعية العمومية', 'جمعية وطنية': 'الجمعية الوطنية',
    'مؤسسة خيرية': 'المؤسسة الخيرية', 'منظمة حقوقية': 'المنظمة الحقوقية', 'شركة طيران': 'شركة الطيران', 'شركة نفط': 'شركة النفط',
    'مديرية أمن': 'مديرية الأمن'}
PLURAL = set('عيادات ميليشيات مصالح قوات كتائب سرايا ألوية خطوط أوقاف أركان'.split())

def heads(check):
    rows = {}
    def add(form, *cells): rows.setdefault(fold(form), [form, *cells])
    for l in lines('organisation_heads.txt'):
        form, plural, include, follows = l.split(';')
        number = 'plural' if form in PLURAL else 'singular'
        # with the article no complement can follow
        definite = [x for x in follows.split('|') if x != 'complement'] or ['adjective']
        if 'adjective' not in definite and form != 'فريق': definite.insert(0, 'adjective')
        definite = '|'.join(definite)
        add(form, number, include, follows)
        if ' ' not in form: add('ال' + form, number, include, definite)
        elif form in DEFINITE: add(DEFINITE[form], number, include, follows)
        if plural:
            add(plural, 'plural', include, follows)
            if ' ' not in plural: add('ال' + plural, 'plural', include, definite)
    put(check, 'organisation_heads.tsv', [
        'Nouns that begin the name of an organisation, with and without the article. `include`: yes where the head belongs to the name, no where it only introduces a name that follows it.',
        '`follows`: what makes a name of it: complement (a genitive chain), adjective, name (a quoted, foreign or known name). Where include is no but a complement or an adjective follows and no name, the head is the name\'s only noun and stays.',
        OWN], ['form', 'number', 'include', 'follows'], rows.values())
    rows = {}
    for l in lines('event_heads.txt'):
        form, kind, include = l.split(';')
        for f in [form] + ([] if ' ' in form else ['ال' + form]): add(f, kind, include)
    put(check, 'event_heads.tsv', [
        'Nouns that begin the name of an event (EVENT) or of a law, work, prize, product or vessel (MISC), with and without the article. `include` as in organisation_heads.tsv.',
        OWN], ['form', 'type', 'include'], rows.values())

# feminine with the article, where it is not made with ta marbuta; None: the word is feminine already
FEMININE = {
    'أعلى': 'العليا', 'أكبر': 'الكبرى', 'أوسط': 'الوسطى', 'أدنى': 'الدنيا', 'أقصى': 'القصوى', 'أول': 'الأولى', 'أخضر': 'الخضراء',
    'أحمر': 'الحمراء', 'أزرق': 'الزرقاء', 'أبيض': 'البيضاء', 'أسود': 'السوداء', 'عليا': None, 'كبرى': None, 'خاصة': None,
    'ثاني': 'الثانية'}

def organisation_words(check):
    rows = {}
    for (kind,), w in sections('organisation_words.txt'):
        w = w.replace('_', ' ')
        forms = [w] if kind == 'noun' else ['ال' + w, FEMININE.get(w, 'ال' + w + 'ة')]
        for f in forms:
            if f: rows.setdefault(fold(f), [f, kind])
    put(check, 'organisation_words.tsv', [
        'Words that can stand inside the name of an organisation after its head: adjectives (masculine and feminine, with the article) and nouns typical of its complement.',
        OWN], ['form', 'kind'], rows.values())

# --------------------------------------------------------------------------- particles, stop words
def small_words(check):
    rows = {}
    for l in lines('name_particles.txt'):
        form, kind = l.split(';')
        rows.setdefault(fold(form), [form, kind])
    put(check, 'name_particles.tsv', [
        'Particles inside names. `binding`: takes the next word into the name; `suffix`: follows a name and belongs to it; `alias`: introduces another name of the same person.',
        OWN], ['form', 'kind'], rows.values())
    no, rows = {fold(x) for x in words('not_stop_words.txt')}, {}
    for w in words('stop_words.txt'):
        w = w.replace('_', ' ')
        if fold(w) not in no: rows.setdefault(fold(w), [w])
    put(check, 'stop_words.tsv', [
        'Words that end a chain of name words or are never a name in news: verbs, function words, time words, common nouns.',
        OWN], ['form'], rows.values())

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('wheel', help='arabic_name_romanizer-0.2.0-py3-none-any.whl')
    ap.add_argument('--check', action='store_true', help='write nothing, compare')
    a = ap.parse_args()
    names(a.check, a.wheel)
    for f in (titles, organisations, heads, organisation_words, small_words): f(a.check)

main()
