"""The differences between the two engines that are known, each with its reason.

What the specification leaves open, or where Google's C++ engine strays from cel-go, whose answers this engine gives.
A difference is explained only if it is gone once the form it comes from is replaced by one on which both agree (REWRITES),
or if the two answers are exactly those of the reason (`explanation`), so that no rule hides another difference beside it.
"""
import re

# (the form, what is read instead, why both differ on the form)
REWRITES = [
    (r"\bint\(' 1'\)", "int('1.')", "cel-cpp skips blanks around a number"),
    (r"\bdouble\('1e400'\)", "double('1e')", "cel-cpp reads a number beyond all doubles as infinite"),
    (r"\bbool\('F'\)", "bool('false')", "cel-cpp does not know the short words of cel-go's `bool`"),
    (r"\bmath\.(least|greatest)\(\(\[\]\)\)", r"math.\1([0].filter(rest, false))", "cel-cpp refuses `[]` as it parses"),
    (r"315576000000s", "3155760000s", "cel-cpp computes on with times beyond their range"),
    (r"\.split\(", ".split('~' + ", "parts of an empty text: cel-go has none where nothing separates, cel-cpp one"),
    (r"\bms\b", "{'a': 1}", "the order of a map's keys is nobody's promise"),
    (r"%d", "%f", "cel-cpp writes a double with six digits for `%d`, cel-go with those it needs"),
]

# Read in expressions with `%s` alone, which writes large doubles with and without exponent, and the fraction of a second
# with as many digits as it needs (cel-go) or with three, six or nine (cel-cpp).
TEXT_REWRITES = [
    (r"\br\b|duration\('-1\.5s'\)", "duration('-60s')", "spelling of durations"),
    (r"\bf\b|\b[0-9]{8,}\.[0-9]+", "3.5", "spelling of doubles"),
]

# What cel-cpp's checker makes of types it does not know yet: the first overload's, where cel-go has `dyn`.
REFUSALS = [
    (r"expression of type 'dyn' cannot be the range of a comprehension", "an unknown type is no range"),
    (r"expected type 'optional_type\(dyn\)' but found 'dyn'", "`dyn` is no optional entry"),
    (r"unsupported map key type: dyn", "an unknown type is no key"),
]
UNKNOWN_TYPE = re.compile(r"\{\}|\[\]|optional\.none\(\)|\bdyn\(")

# (kind, what we say, what they say, reason)
ANSWERS = [
    ("error/value", r"^NaN values cannot be ordered$", "", "cel-cpp takes NaN for a number that is in order"),
    ("error/value", r"^bytes that are not UTF-8 cannot be formatted as text$", "", "cel-cpp copies them into the text"),
    ("value/error", "", r"<start> or <end> is greater than <string>\.size\(\)$",
     "cel-cpp takes the end of a text for beyond it"),
    ("value/error", "", r"^ALREADY_EXISTS|^duplicate key in map|Invalid map key type",
     "a map that cannot be made ends cel-cpp's evaluation, and no `&&` absorbs it"),
]
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|nan|inf)", re.IGNORECASE)


def refusal(reason, expression):
    """Why cel-cpp refuses an expression that checks with cel-go's rules; None if that is not known."""
    found = [line for line in reason.splitlines() if re.search(r"(ERROR|WARNING): <input>", line)]
    reasons = []
    for line in found:
        # What follows from another refusal is none of its own.
        if "'*error*'" in line:
            continue
        known = next((why for pattern, why in REFUSALS if re.search(pattern, line)), None)
        if known is None and "found no matching overload" in line and UNKNOWN_TYPE.search(expression):
            known = "an unknown type is that of the first overload"
        if known is None:
            return None
        reasons.append(known)
    return reasons[0] if reasons else None


def alike(ours, theirs, expression):
    """Whether two texts are the same but for how doubles and durations are spelled in them."""
    if not re.search(r"\.format\(|\bstring\(", expression) or NUMBER.sub("#", ours) != NUMBER.sub("#", theirs):
        return False
    pairs = zip(NUMBER.findall(ours), NUMBER.findall(theirs))
    return all(one == other or near(float(one), float(other)) for one, other in pairs)


def near(one, other):
    return one == other or one != one and other != other or abs(one - other) <= max(1e-6, 1e-6 * abs(one))


def explanation(kind, ours, theirs):
    return next((why for kinds, mine, other, why in ANSWERS
                 if kinds == kind and re.search(mine, str(ours)) and re.search(other, str(theirs))), None)
