import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The moving picture of the README") struct DemoTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("It is well-formed, below 400 KB, without a script and without anything from elsewhere")
  func document() throws {
    let picture = try DemoTests.text("docs/demo.svg")
    let parser = XMLParser(data: Data(picture.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(picture.utf8.count < 400_000)
    for text in ["<script", "href", "url(", "@import", "onload"] {
      #expect(!picture.contains(text), "\(text)")
    }
    #expect(picture.contains("@media (prefers-reduced-motion:no-preference)"))
    #expect(try DemoTests.text("README.md").contains("](docs/demo.svg)"))
  }

  @Test(
    "The command in the README makes it again, byte for byte",
    .enabled(
      if: ProcessInfo.processInfo.environment["DROPSCOPE_BINARY"] != nil,
      "it takes minutes without optimisation: Scripts/test runs it"))
  func again() throws {
    let readme = try DemoTests.text("README.md").replacingOccurrences(of: "\\\n", with: " ")
    let end = "> docs/demo.svg"
    let lines = readme.split(separator: "\n").filter { $0.hasSuffix(end) }
    try #require(lines.count == 1)
    let command = lines[0].dropFirst("dropscope".count).dropLast(end.count)
    let result = try Program.shell("exec \"$DROPSCOPE\" \(command)")
    #expect(result.status == 0, "\(result.errors)")
    let isSame = try result.output == DemoTests.text("docs/demo.svg")
    #expect(isSame, "the screens have changed: run the command in the README and look at them")
  }
}
