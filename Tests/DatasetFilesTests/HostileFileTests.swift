import DatasetFiles
import DropoutEngine
import Foundation
import Testing

@Suite("Bad data are named, never trained on") struct HostileFileTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  @Test(
    "A bad table is one line that names the place and the value",
    arguments: [
      (
        "a,b,k\n1,2,x\n1,oops,y\n", DatasetFileError.Place.cell(line: 3, column: 2, name: "b"),
        "'oops'"
      ),
      ("a,b,k\n1,2,\n1,2,y\n", .cell(line: 2, column: 3, name: "k"), "missing"),
      ("a,b,k\n1,2,x\n1,y\n", .line(3), "2 cells"),
      ("a,b,k\n1,1e999,x\n1,2,y\n", .cell(line: 2, column: 2, name: "b"), "1e999"),
      ("a,b,k\n1,0x10,x\n1,2,y\n", .cell(line: 2, column: 2, name: "b"), "0x10"),
      ("a,b,k\n1,1e39,x\n1,2,y\n", .cell(line: 2, column: 2, name: "b"), "1e39"),
      ("a,b,k\n1,2,x\n1,-2e37,y\n", .cell(line: 3, column: 2, name: "b"), "at most 1e+37"),
      ("a,b,k\n\"1,2,x\n", .cell(line: 2, column: 1, name: nil), "never closed"),
      ("a,b,k\n\"1\"2,2,x\n", .cell(line: 2, column: 1, name: nil), "closing quote"),
      ("a,b,k\n", .file, "no line with values"), ("\n\n\r\n", .file, "no line"),
      ("a\n1\n2\n", .line(1), "one column"),
      ("a,k\n1,x\n2,x\n", .file, "two classes"), ("a,k\n1,\u{0}\n2,x\n", .byte(6), "NUL"),
      ("a,k\n1,\u{1B}[31mred\n2x,x\n", .cell(line: 3, column: 1, name: "a"), "2x"),
    ])
  func tables(text: String, place: DatasetFileError.Place, words: String) throws {
    let error = try #require(try folder.error(text))
    #expect(error.place == place, "\(error)")
    #expect(error.description.contains(words), "\(error)")
    #expect(!error.description.contains("\n") && !error.description.contains("\u{1B}"))
    #expect(!error.isMissing)
  }

  @Test(
    "An error carries what was found, as values",
    arguments: [
      (
        "a,b,k\n1,oops,x\n1,2,y\n",
        DatasetFileError.Problem.table(.wrongCell("oops", .number))
      ),
      ("a,b,k\n1,2 kg,x\n1,2,y\n", .table(.wrongCell("2 kg", .plainNumber))),
      ("a,b,k\n1,2,\n1,2,y\n", .table(.wrongCell(nil, .target))),
      ("a,b,k\n1,1e38,x\n1,2,y\n", .table(.wrongCell("1e38", .numberWithin(1e37)))),
      ("a,b,k\n1,2,x\n1,y\n", .table(.wrongCellCount(2, first: 3, firstLine: 1, mayBeTorn: false))),
      ("a,k\n1,x\n2,x\n", .table(.oneClass("x", labels: nil))),
      ("a,k\n1,\u{0}\n2,x\n", .table(.binary)),
    ])
  func evidence(text: String, problem: DatasetFileError.Problem) throws {
    let error = try #require(try folder.error(text))
    #expect(error.problem == problem && !error.isMissing)
  }

  @Test(
    "The widest range that is read is scaled to finite numbers", arguments: Normalization.allCases)
  func widestRange(normalization: Normalization) throws {
    let dataset = try folder.load("a,b,k\n1e37,0,x\n-1e37,1e-45,y\n0,1e-40,x\n1,1,y\n") {
      $0.normalization = normalization
    }
    for example in 0..<4 {
      #expect(dataset.inputs(of: example).allSatisfy { $0.isFinite })
    }
  }

  @Test(
    "A first line that counts as far as a number goes is read, or refused with a line",
    arguments: [
      "9223372036854775807 0 0\n0 1 2\n1 2 3\n", "0 9223372036854775807 0\n0 1 2\n1 2 3\n",
      "9223372036854775807,9223372036854775807,a,b\n1,2,3\n4,5,6\n",
      "9223372036854775807.0,0,1\n1,2,3\n4,5,6\n",
    ])
  func largestCounts(text: String) throws {
    guard let error = try folder.error(text) else { return }
    #expect(!error.description.isEmpty && !error.description.contains("\n"))
  }

  @Test("A million columns end quickly") func manyColumns() throws {
    let error = try folder.error(Array(repeating: "1", count: 1_000_000).joined(separator: ","))
    #expect(error?.place == .line(1) && error?.description.contains("65536") == true)
  }

  @Test("Text that is not UTF-8 is an error") func notUTF8() throws {
    let path = try folder.file("latin1.csv", [0x61, 0x2C, 0x6B, 0x0A, 0x31, 0x2C, 0xE9, 0x0A])
    #expect(try folder.error(path: path)?.description.contains("UTF-8") == true)
  }

  @Test("An empty file, a directory and a missing file are told apart") func noFile() throws {
    #expect(try folder.error("")?.isMissing == false)
    let directory = try folder.error(path: FileManager.default.temporaryDirectory.path)
    #expect(directory?.isMissing == true && directory?.description.contains("directory") == true)
    let missing = try folder.error(path: folder.path("nothing.csv"))
    #expect(missing?.isMissing == true && missing?.description.contains("No such file") == true)
  }

  @Test(
    "A file without permission is said to be so",
    .enabled(if: getuid() != 0, "root may read anything"))
  func noPermission() throws {
    let path = try folder.file("secret.csv", Array("a,k\n1,x\n".utf8))
    chmod(path, 0)
    #expect(try folder.error(path: path)?.isMissing == true)
  }

  @Test("A pipe that nobody writes to is an error after a second, with a writer it is read")
  func pipe() throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let error = try folder.error(path: path)
    #expect(error?.isMissing == true && error?.description.contains("nobody wrote") == true)
    let writer = Thread {
      guard let file = fopen(path, "w") else { return }
      fputs("a,k\n1,x\n2,y\n3,x\n", file)
      fclose(file)
    }
    writer.start()
    #expect(try folder.load(path: path).count == 3)
  }

  @Test("A table may come from standard input") func standardInput() throws {
    let path = try folder.file("input.csv", Array("a,k\n1,x\n2,y\n3,x\n".utf8))
    let (own, file) = (dup(STDIN_FILENO), open(path, O_RDONLY))
    try #require(file >= 0 && dup2(file, STDIN_FILENO) == STDIN_FILENO)
    defer {
      dup2(own, STDIN_FILENO)
      close(own)
      close(file)
    }
    let dataset = try folder.load(path: "-")
    #expect(dataset.count == 3 && dataset.name == "standard input")
    #expect(try folder.error(path: "-")?.description.hasPrefix("standard input: ") == true)
    // At a terminal nobody would know what is waited for.
    var (primary, terminal): (Int32, Int32) = (-1, -1)
    try #require(openpty(&primary, &terminal, nil, nil, nil) == 0)
    defer {
      close(primary)
      close(terminal)
    }
    try #require(dup2(terminal, STDIN_FILENO) == STDIN_FILENO)
    let error = try folder.error(path: "-")
    #expect(error?.problem == .file(.terminal) && error?.isMissing == true)
  }

  @Test("Endless input ends at its first bytes") func endless() throws {
    #expect(try folder.error(path: "/dev/zero")?.isMissing == false)
  }

  @Test("A table that needs more memory than may be used is refused by what it needs")
  func memory() throws {
    let text = "a,b,k\n" + (0..<1000).map { "\($0 % 7),1,\($0 % 2)\n" }.joined()
    // Two inputs, a text of 16 bytes, and four numbers of 8 bytes for each example; a quarter more.
    let sum = text.utf8.count + 1000 * (2 * 4 + 16 + 4 * 8)
    let needed = sum + sum / 4
    #expect(try folder.load(text, within: needed).count == 1000)
    let error = #expect(throws: DatasetFileError.self) {
      try folder.load(text, within: needed - 1)
    }
    #expect(error?.problem == .file(.needsMemory(bytes: needed, allowed: needed - 1)))
    #expect(error?.description.contains("--limit") == true)
    // A test part comes on top: its bytes before they are read, then its examples, and at last the
    // inputs of both, which are joined.
    let test = try folder.file("test.csv", Array(text.utf8))
    let all = 2 * needed + 2000 * 2 * 4
    for (allowed, bytes) in [(needed, needed + text.utf8.count), (all - 1, all)] {
      let both = #expect(throws: DatasetFileError.self) {
        try folder.load(text, within: allowed) { $0.testData = test }
      }
      #expect(both?.problem == .file(.needsMemory(bytes: bytes, allowed: allowed)))
    }
    #expect(try folder.load(text, within: all) { $0.testData = test }.count == 2000)
    #expect(try folder.load(text, within: needed - 1) { $0.limit = 900 }.count == 900)
  }

  @Test("A text is looked at by pieces, and the place of a byte that is not UTF-8 is the same")
  func longText() throws {
    for pad in 65_520..<65_545 {
      let head = "a,k\n1,\u{1F600}" + String(repeating: "x", count: pad) + "é\u{1F600}z\n"
      let whole = head + "2,y\n3,y\n"
      #expect(try folder.error(whole)?.problem != .table(.notUTF8))
      let broken = Array(head.utf8) + [0x32, 0x2C, 0xC3, 0x0A]
      let error = try folder.error(path: try folder.file("broken.csv", broken))
      #expect(error?.problem == .table(.notUTF8) && error?.place == .line(3), "\(pad)")
    }
  }

  @Test("A value far beyond the training part is refused where scaling it would leave all numbers")
  func outOfReach() throws {
    let training = try folder.file("near.csv", Array("a,b,k\n1.70,1,x\n1.65,2,y\n".utf8))
    let far = try folder.file("far.csv", Array("a,b,k\n1e37,1,x\n".utf8))
    let error = try #require(try folder.error(path: training) { $0.testData = far })
    guard case .dataset(.outOfReach("a", _, _, _, option: "normalize")) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("--normalize none"))
    let asItIs = try folder.load(path: training) {
      $0.testData = far
      $0.normalization = .none
    }
    #expect(asItIs.inputs(of: 2) == [1e37, 1])
    // The same of a target that is a number.
    let targets = try folder.file("targets.csv", Array("a,k\n1,1.70\n2,1.65\n".utf8))
    let farTarget = try folder.file("far-target.csv", Array("a,k\n1,1e37\n".utf8))
    let other = try #require(
      try folder.error(path: targets) {
        $0.testData = farTarget
        $0.task = .regress
      })
    #expect(other.description.contains("--normalize-target none"), "\(other)")
  }

  @Test("Random bytes never trap") func randomBytes() throws {
    var random = RandomStream(seed: 1, purpose: .builtInData)
    let alphabet = Array("0123456789.,-eE\"\n\r ab".utf8)
    for _ in 0..<300 {
      let text = (0..<random.nextIndex(below: 80)).map { _ in
        alphabet[random.nextIndex(below: alphabet.count)]
      }
      let path = try folder.file("random.csv", text)
      _ = try folder.error(path: path)
      let bytes = (0..<random.nextIndex(below: 60)).map { index in
        index < 2 ? 0 : (index == 2 ? 8 : UInt8(random.nextIndex(below: 5)))
      }
      _ = try folder.error(path: try folder.file("random-images-idx3-ubyte", bytes))
    }
  }
}
