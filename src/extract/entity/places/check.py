#!/usr/bin/env python3
"""Checks the gazetteers of this folder: columns, duplicates, order, letters, tiers. Prints `N passed, N failed`."""
import collections, os, re, sys
HERE = os.path.dirname(os.path.abspath(__file__))
COLS = {'countries.tsv': 'code name forms nationality capital', 'subdivisions.tsv': 'code name forms country', 'cities.tsv': 'name forms country population tier',
        'towns.tsv': 'name forms country subtype tier', 'regions.tsv': 'name forms country subtype tier'}
LETTERS = re.compile(r"[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي0-9A-Z()\- ]+$")
TR = str.maketrans('أإآٱىة', 'اااايه')
passed = failed = 0
def check(ok, msg):
    global passed, failed
    if ok: passed += 1
    else: failed += 1; print('FAIL', msg)
for fn, cols in COLS.items():
    text = open(os.path.join(HERE, fn), encoding='utf-8', newline='').read()
    check('\r' not in text and text.endswith('\n'), fn + ': line ends')
    rows = [l.split('\t') for l in text.rstrip('\n').split('\n') if not l.startswith('#')]
    head, rows = rows[0], rows[1:]
    check(head == cols.split(), fn + ': header')
    check(all(len(r) == len(head) for r in rows), fn + ': number of cells')
    check([tuple(x.encode() for x in r) for r in rows] == sorted({tuple(x.encode() for x in r) for r in rows}), fn + ': sorted, no duplicate rows')
    d = [dict(zip(head, r)) for r in rows]
    check(all(r['name'].strip() for r in d), fn + ': empty name')
    for col in ('name', 'forms', 'nationality', 'capital'):
        if col not in head: continue
        bad = [x for r in d for x in r[col].split('|') if r[col] and (x != x.strip() or not x or '  ' in x or not LETTERS.match(x))]
        check(not bad, f'{fn}: {col}: letters {bad[:9]}')
    bad = [r['name'] for r in d if len({x.translate(TR) for x in [r['name']] + (r['forms'].split('|') if r['forms'] else [])}) != 1 + (r['forms'].count('|') + 1 if r['forms'] else 0)]
    check(not bad, f'{fn}: forms alike after folding {bad[:9]}')
    if 'tier' in head:
        check(all(r['tier'] in ('certain', 'ambiguous') for r in d), fn + ': tier')
        t = collections.defaultdict(set)
        for r in d:
            for x in [r['name']] + r['forms'].split('|'):
                if x: t[x.translate(TR)].add(r['tier'])
        bad = [k for k, v in t.items() if len(v) > 1]
        check(not bad, f'{fn}: one spelling, two tiers: {len(bad)} {bad[:40]}')
        k = collections.Counter((r['name'].translate(TR), r['country']) for r in d)
        bad = [x for x, n in k.items() if n > 1]; check(not bad, f'{fn}: name twice in a country {bad[:9]}')
    if 'subtype' in head: check(all(r['subtype'] in 'city facility region natural'.split() for r in d), fn + ': subtype')
    cc = 'country' if 'country' in head else 'code'
    check(all(re.match('([A-Z]{2})?$', r[cc]) for r in d), fn + ': country code')
print(f'{passed} passed, {failed} failed'); sys.exit(failed > 0)
