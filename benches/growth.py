#!/usr/bin/env python3
"""Long and hostile inputs against the program: that time grows no faster than
their length, and that inputs of full size end in bounded time and memory.

  benches/growth.py target/release/ghirbal                 # times 1, 2, 4, 8 MB of each hostile text
  benches/growth.py --full target/release/ghirbal          # 10 MB and bombs, with time and memory
  benches/growth.py --only digits target/release/ghirbal
  benches/growth.py --long 1000 target/release/ghirbal     # 10 MB, 100 MB and 1 GB of articles; the first byte
  benches/growth.py --document 100 target/release/ghirbal  # one document of 10 MB, and of 100 MB, in one line

Times are the CPU's in the program itself, which other work on the machine
changes little. Exits with 1 where something grows faster than its length,
takes more than a minute or 1.5 GB, or ends by a signal; with --long where 1 GB
takes a twentieth more for each megabyte than 10 MB, 200 MB of memory, or a
tenth more than 100 MB do, or where the first byte comes after 80 ms; with
--document where the longer one takes a fifth more for each megabyte, or more
than 500 MB and three times its length of memory.
"""

import argparse
import bz2
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zlib

MB = 1_000_000
# Seconds after which a run is ended.
PATIENCE = 3600
SENTENCE = "قالت الوزارة إن أكثر من 350 أسيرًا عادوا يوم 7 أكتوبر 2023 إلى بغداد. "


def fill(unit, size):
    """`unit` again and again, about `size` bytes."""
    bytes_ = unit.encode() if isinstance(unit, str) else unit
    return bytes_ * (size // len(bytes_) + 1)


def shuffled(size):
    words = SENTENCE.split() + ["من بينهم", "و", "3,5", "مليون", "%", "«", "»", "(", "عام", "بين", "إلى"]
    chance = random.Random(7)
    return " ".join(chance.choice(words) for _ in range(size // 9)).encode()


# Name, ending, and the file of a size.
TEXTS = {
    "news": (".txt", lambda n: fill(SENTENCE, n)),
    "shuffled": (".txt", shuffled),
    "one-sentence": (".txt", lambda n: fill(SENTENCE.replace(".", "،"), n)),
    "digits": (".txt", lambda n: fill("7", n)),
    "numbers": (".txt", lambda n: fill("350 ", n)),
    "number-words": (".txt", lambda n: fill("ثلاثة وعشرون ألفًا و", n)),
    "separators": (".txt", lambda n: fill("1,2.3/", n)),
    "open-brackets": (".txt", lambda n: fill("(", n)),
    "open-quotes": (".txt", lambda n: fill("« كلمة ", n)),
    "combining": (".txt", lambda n: fill("\u064b", n)),
    "letters": (".txt", lambda n: fill("و", n)),
    "clitics": (".txt", lambda n: fill("وبال", n)),
    "tatweel": (".txt", lambda n: fill("ـ", n)),
    "names": (".txt", lambda n: fill("محمد بن عبد الله ", n)),
    "titles": (".txt", lambda n: fill("رئيس وزير ", n)),
    "dates": (".txt", lambda n: fill("7 أكتوبر ", n)),
    "nuls": (".txt", lambda n: fill("\0", n)),
    "bidi": (".txt", lambda n: fill("\u202e1\u2066", n)),
    "emoji": (".txt", lambda n: fill("\U0001f468\u200d\U0001f469\u200d", n)),
    "lines": (".txt", lambda n: fill("\n", n - 4) + "نص".encode()),
    "address": (".txt", lambda n: fill("a.b@", n)),
    "deep-json": (".json", lambda n: fill('[{"text":', n)),
    "brackets-json": (".jsonl", lambda n: fill("[", n)),
    "quoted-csv": (".csv", lambda n: b'id,text\n1,"' + fill('""x', n)),
    "columns-csv": (".csv", lambda n: fill("text,", n)),
    "deep-html": (".html", lambda n: b"<html>" + fill("<div>", n)),
    "links-html": (".html", lambda n: b"<html>" + fill("<a href=x>نص</a> ", n)),
    "paragraphs-html": (".html", lambda n: b"<html>" + fill("<p>نص من كلمات، وفاصلة</p>", n)),
    "signs-html": (".html", lambda n: b"<html>" + fill("<", n)),
    "wiki-links": (".xml", lambda n: wiki(fill("[[a|", n))),
    "wiki-templates": (".xml", lambda n: wiki(fill("{{a|[[", n))),
    "wiki-references": (".xml", lambda n: wiki(fill("&lt;ref&gt;", n))),
    "warc-lines": (".warc", lambda n: b"WARC/1.0\r\n" + fill("A: b\r\n", n)),
}


def wiki(text):
    page = b"<mediawiki><page><title>x</title><ns>0</ns><id>1</id><revision><text>%s</text></revision></page></mediawiki>"
    return page % text


def zip_bomb(size):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"../{number}.txt", b"7" * size)
    return out.getvalue()


def laughs(_):
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 30))
    return f'<?xml version="1.0"?><!DOCTYPE mediawiki [<!ENTITY l0 "ha">{entities}]>'.encode() + wiki(b"&l29;")


BOMBS = {
    "gzip-bomb": (".txt.gz", lambda n: gzip.compress(b"7" * (100 * n), 9)),
    "gzip-in-gzip": (".jsonl.gz", lambda n: gzip.compress(gzip.compress(b"{" * (100 * n), 9), 9)),
    "bzip2-bomb": (".jsonl.bz2", lambda n: bz2.compress(b" " * (100 * n))),
    "zip-bomb": (".zip", lambda n: zip_bomb(20 * n)),
    "billion-laughs": (".xml", laughs),
    "surrogates": (".jsonl", lambda n: fill('{"text":"\\ud800\\udc00\\ud800"}\n', n)),
    "huge-numbers": (".jsonl", lambda n: b'{"text":"x","id":' + fill("9", n) + b"}\n"),
    "garbage": (".data", lambda n: random.Random(1).randbytes(n)),
    "packed-garbage": (".data", lambda n: zlib.compress(random.Random(1).randbytes(n))),
}


def corpus():
    """Sentences of the project's articles."""
    folder = os.path.join(os.path.dirname(__file__), "..", "corpus", "articles")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".txt"))
    texts = [open(os.path.join(folder, name), encoding="utf-8").read() for name in names]
    return [part + "." for text in texts for part in text.replace("\n", " ").split(". ") if part.strip()]


def write_lines(path, size):
    """JSON Lines of articles of about 3 kB, `size` bytes; the same for the same size."""
    sentences, chance, written = corpus(), random.Random(7), 0
    with open(path, "wb") as file:
        while written < size:
            # Articles come again, ten thousand kinds of them.
            block = []
            for _ in range(min(10_000, (size - written) // 3000 + 1)):
                text = " ".join(chance.choices(sentences, k=15))
                block.append(json.dumps({"published": "2024-02-14", "text": text}, ensure_ascii=False) + "\n")
            block = "".join(block).encode()
            while written < size:
                file.write(block[: block.rfind(b"\n", 0, size - written + 6000) + 1])
                written += min(len(block), size - written + 6000)


def start(program, path, threads=1):
    command = [program, "extract", "--threads", str(threads), "--quiet", path, "-o", os.devnull]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ended(child, wait=False):
    """CPU seconds of the user, peak memory in MB and status, once it has ended."""
    pid, status, usage = os.wait4(child.pid, 0 if wait else os.WNOHANG)
    if not pid:
        return None
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime, usage.ru_maxrss / 1000, child.returncode


def run(program, path):
    begin, child = time.monotonic(), start(program, path)
    while not (end := ended(child)):
        if time.monotonic() > begin + PATIENCE:
            child.kill()
        time.sleep(0.005)
    return end


def first_byte(program, path):
    """Seconds until the first byte on the clock, and of the CPU in all."""
    begin = time.monotonic()
    child = subprocess.Popen([program, "extract", "--quiet", path], stdout=subprocess.PIPE)
    child.stdout.read(1)
    waited = time.monotonic() - begin
    child.stdout.close()
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return waited, usage.ru_utime + usage.ru_stime


def long_runs(program, folder, largest):
    """Time for each megabyte and peak memory of a short, a middle and a long
    run. The short one is repeated as long as the others go on, so that it
    meets the same load of the machine."""
    rows, wrong = [], []
    paths = [os.path.join(folder, f"{name}.jsonl") for name in ("short", "middle", "long")]
    sizes = []
    for path, size in zip(paths, (10, 100, largest)):
        write_lines(path, size * MB)
        sizes.append(os.path.getsize(path) / MB)
    for path, size in zip(paths[1:], sizes[1:]):
        child, short = start(program, path), []
        while not (end := ended(child)):
            short.append(ended(start(program, paths[0]), wait=True))
        before = sum(run[0] for run in short) / len(short) / sizes[0]
        seconds, memory, status = end
        rows.append((seconds / size / before, memory, status))
        print(
            f"{size:5.0f} MB  {1000 * seconds / size:6.1f} ms of CPU/MB, {memory:4.0f} MB of memory, status {status};  "
            f"beside it {len(short)} times {sizes[0]:.0f} MB  {1000 * before:6.1f} ms/MB, {max(r[1] for r in short):4.0f} MB",
            flush=True,
        )
    if rows[1][0] > 1.05:
        wrong.append("time for each megabyte")
    if rows[1][1] > 200 or rows[1][1] > 1.1 * rows[0][1]:
        wrong.append("memory")
    path = write(folder, ".txt", "أُفرج عن 350 أسيرًا.\n".encode())
    waits = [first_byte(program, path) for _ in range(41)]
    waited, cpu = (sorted(w[i] for w in waits) for i in (0, 1))
    print(
        f"first byte: {1000 * waited[0]:.0f} ms at best and {1000 * waited[20]:.0f} ms in the middle of 41 runs; "
        f"{1000 * cpu[0]:.0f} and {1000 * cpu[20]:.0f} ms of CPU for the whole run"
    )
    if min(waited[0], cpu[0]) > 0.08:
        wrong.append("first byte")
    return wrong


def documents(text):
    """What one document of `text` may be a file of: ending and content."""
    line = json.dumps({"published": "2024-02-14", "text": text}, ensure_ascii=False) + "\n"
    return ((".txt", text.encode()), (".jsonl", line.encode()))


def one_document(program, folder, largest):
    """Time for each megabyte and peak memory of one document without a line
    break, of dense sentences and of short ones."""
    wrong = []
    for name, unit in (("sentences", " ".join(corpus())), ("short", "عاد 12 منهم. ")):
        before = {}
        for size in (10, largest):
            for ending, content in documents(fill(unit + " ", size * MB).decode()):
                path = write(folder, ending, content)
                length = os.path.getsize(path) / MB
                seconds, memory, status = run(program, path)
                bad = status or memory > 500 + 3 * length or seconds / length > 1.2 * before.get(ending, seconds)
                before[ending] = seconds / length
                print(
                    f"{name:10} {ending:6} {length:5.0f} MB  {1000 * seconds / length:6.1f} ms of CPU/MB, "
                    f"{memory:5.0f} MB of memory, status {status}{'  WRONG' if bad else ''}",
                    flush=True,
                )
                if bad:
                    wrong.append(f"{name}{ending}")
                os.remove(path)
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--long", type=int, metavar="MB", help="long inputs, up to this size")
    parser.add_argument("--document", type=int, metavar="MB", help="one document in one line, up to this size")
    parser.add_argument("--only", default="")
    parser.add_argument("--size", type=float, default=1.0, help="MB of the smallest text")
    options = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        if options.long:
            wrong = long_runs(options.program, folder, options.long)
        elif options.document:
            wrong = one_document(options.program, folder, options.document)
        else:
            wrong = hostile(options, folder)
    if wrong:
        print("WRONG: " + ", ".join(wrong))
    sys.exit(1 if wrong else 0)


def hostile(options, folder):
    """Runs the cases and returns the names of those that grow too fast."""
    wrong = []
    cases = {**TEXTS, **BOMBS} if options.full else TEXTS
    base = min(run(options.program, write(folder, ".txt", b"7"))[0] for _ in range(3))
    for name, (ending, make) in cases.items():
        if options.only not in name:
            continue
        if options.full:
            seconds, memory, status = run(options.program, write(folder, ending, make(10 * MB)))
            bad = seconds > 60 or memory > 1500 or status < 0
            print(f"{name:18} {seconds:8.2f} s {memory:8.0f} MB  status {status}{'  WRONG' if bad else ''}")
        else:
            times = []
            for factor in (1, 2, 4, 8):
                path = write(folder, ending, make(int(factor * options.size * MB)))
                times.append(max(min(run(options.program, path)[0] for _ in range(2)) - base, 0.0))
            # Twice the length in more than 1.5 times twice the time, and long enough to be measured.
            bad = times[3] > 0.5 and times[3] > 1.5 * 4 * max(times[1], 0.05)
            shown = "  ".join(f"{seconds:7.3f}" for seconds in times)
            print(f"{name:18} {shown} s{'  WRONG' if bad else ''}")
        sys.stdout.flush()
        if bad:
            wrong.append(name)
    return wrong


def write(folder, ending, content):
    path = os.path.join(folder, "input" + ending)
    with open(path, "wb") as file:
        file.write(content)
    return path


main()
