import CEL
import Testing

@Suite("Library functions in expressions")
struct LibraryExpressionTests {
  @Test(
    "give what the expression says",
    arguments: [
      // Math: three numbers and more are packed into a list; a `dyn` argument takes the overload of its value.
      "math.greatest(1, 2.5, 2u) == 2.5", "math.least(3, 2, 1u, 1.5) == 1", "math.greatest(dyn(3), 2) == 3",
      "math.least([1, 2].map(x, x * 2)) == 2", "type(math.greatest(1, 1.0)) == int",
      "type(math.least(1.0, 1)) == double", "math.abs(dyn(-2.5)) == 2.5", "math.bitShiftRight(-1, 60) == 15",
      "math.round(-2.5) == -3.0 && math.sqrt(16) == 4.0 && math.sign(-3.0) == -1.0",
      "[0.0 / 0.0].all(x, math.isNaN(x) && !math.isInf(x) && !math.isFinite(x))",
      // Lists.
      "lists.range(4).filter(i, i % 2 == 0) == [0, 2]", "[3, 1, 2].sort() == [1, 2, 3]",
      "['b', 'a', 'b'].distinct().sort().reverse() == ['b', 'a']", "[[1], [[2]]].flatten() == [1, [2]]",
      "[1, [2, [3]]].flatten(2) == [1, 2, 3]", "[1, 2, 3].slice(1, 3) == [2, 3]",
      "[1, 2].first().value() + [1, 2].last().value() == 3", "![].first().hasValue()",
      "[['x'], []].map(l, l.first().orValue('none')) == ['x', 'none']",
      // Sets.
      "sets.contains(['a', 'b'], ['b'])", "!sets.contains(['a'], ['b'])", "sets.equivalent([1, 1u], [1.0])",
      "sets.intersects([[1], [2]], [[dyn(2.0)]])",
      // Encoders.
      "base64.encode(b'\\xff\\x00') == '/wA='", "base64.decode('/wA') == b'\\xff\\x00'",
      "string(base64.decode(base64.encode(bytes('é')))) == 'é'",
      // Optionals; what is not needed is not computed.
      "optional.of(1).orValue(1 / 0) == 1", "optional.of(1).or(optional.of(1 / 0)).value() == 1",
      "optional.none().orValue('x') == 'x'", "optional.ofNonZeroValue([]).or(optional.of(['x'])).value() == ['x']",
      "[optional.of(1), optional.none()].unwrapOpt() == [1]", "optional.unwrap([optional.of('a')]) == ['a']",
      // Networks.
      "ip('10.1.2.3') in [ip('10.1.2.3')]", "cidr('10.0.0.0/8').containsIP('10.1.2.3')",
      "['10.0.0.1', '8.8.8.8'].exists_one(a, cidr('10.0.0.0/8').containsIP(a))",
      "cidr('10.0.0.0/8').containsCIDR(cidr('10.2.0.0/16').masked())", "ip('::1').family() == 6",
      "cidr('::1/64').ip() == ip('0::1') && cidr('::1/64').prefixLength() == 64",
      "string(cidr('2001:DB8::/32')) == '2001:db8::/32'", "type(ip('::')) == net.IP && type(cidr('::/0')) == net.CIDR",
      "isIP('::') && !isIP('::/0') && isCIDR('::/0') && !ip.isCanonical('::0')", "ip('1.2.3.4') != dyn('1.2.3.4')",
      // Regular expressions, also where the pattern is a value of the input.
      "regex.extract('user@example.org', '@(.*)').orValue('') == 'example.org'",
      "regex.extractAll('a1b22', '[0-9]+') == ['1', '22']", "regex.replace('a-b', '(.)-(.)', r'\\2-\\1') == 'b-a'",
      "regex.replace('aaa', 'a', 'b', 2) == 'bba'",
      "['a', 'b'].map(p, regex.replace('abc', p, '')) == ['bc', 'ac']",
    ])
  func values(expression: String) throws {
    guard case .bool(let isTrue) = try evaluated(expression) else {
      Issue.record("not a bool")
      return
    }
    #expect(isTrue)
  }

  @Test(
    "end in errors",
    arguments: [
      ("math.abs(-9223372036854775808)", .overflow), ("math.bitShiftLeft(1, -1)", .invalidArgument),
      ("math.greatest(1, 2, dyn('3'))", .noOverload), ("math.ceil(dyn(1))", .noOverload),
      ("math.least(1, 0.0 / 0.0)", .invalidArgument), ("lists.range(9223372036854775807)", .limit),
      ("[1].slice(0, 2)", .invalidArgument), ("[1].flatten(-1)", .invalidArgument),
      ("[1, dyn('a')].sort()", .invalidArgument), ("base64.decode('?')", .invalidArgument),
      ("optional.none().value()", .invalidArgument), ("optional.none().orValue(1 / 0)", .divisionByZero),
      ("optional.of(1).or(dyn(2)).value() == 1 && optional.none().or(dyn(2)).hasValue()", .noOverload),
      ("ip('1.2.3')", .invalidArgument), ("ip('::ffff:1.2.3.4')", .invalidArgument), ("cidr('::1')", .invalidArgument),
      ("cidr('::/0').containsIP('x')", .invalidArgument), ("cidr('::/0').containsIP(dyn(1))", .noOverload),
      ("regex.extract('a', '(a)(b)')", .invalidArgument), ("regex.replace('a', 'a', r'\\1')", .invalidArgument),
    ] as [(String, EvaluationError.Kind)])
  func errors(expression: String, kind: EvaluationError.Kind) throws {
    let error = #expect(throws: EvaluationError.self) { try evaluated(expression) }
    #expect(error?.kind == kind)
  }
}
