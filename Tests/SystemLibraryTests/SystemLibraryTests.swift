import CPCRE2
import CYAML
import Testing

@Suite("The system libraries are there and link")
struct SystemLibraryTests {
  @Test("PCRE2 compiles a pattern, with JIT and UTF")
  func pcre2() throws {
    let pattern = Array("^arn:[a-z]+é$".utf8)
    var code: Int32 = 0
    var offset = 0
    let compiled = unsafe pcre2_compile_8(pattern, pattern.count, UInt32(PCRE2_UTF), &code, &offset, nil)
    let regex = unsafe try #require(unsafe compiled)
    defer { unsafe pcre2_code_free_8(regex) }
    let status = unsafe pcre2_jit_compile_8(regex, UInt32(PCRE2_JIT_COMPLETE))
    #expect(status == 0)
    let match = unsafe try #require(unsafe pcre2_match_data_create_8(1, nil))
    defer { unsafe pcre2_match_data_free_8(match) }
    let subject = Array("arn:awsé".utf8)
    let matched = unsafe pcre2_match_8(regex, subject, subject.count, 0, 0, match, nil)
    #expect(matched == 1)
  }

  @Test("libyaml, the oracle of the YAML tests, answers its version")
  func libyaml() {
    var major: Int32 = 0
    var minor: Int32 = 0
    var patch: Int32 = 0
    unsafe yaml_get_version(&major, &minor, &patch)
    #expect((major, minor) >= (0, 2))
  }
}
