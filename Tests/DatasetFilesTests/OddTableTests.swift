import DatasetFiles
import DropoutEngine
import Testing

/// Tables and other files as some programs write them.
@Suite("Headers behind a #, titles, other quotes, steps of rows, other formats")
struct OddTableTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func table(_ header: String, _ separator: String = ",", _ row: (Int) -> String) -> String
  {
    header + "\n" + (0..<40).map { row($0).replacing(",", with: separator) + "\n" }.joined()
  }

  @Test("A comment with a word for each column, right above numbers, is the header")
  func markedHeader() throws {
    for (header, separator) in [
      ("# a b label", " "), ("#a,b,label", ","), ("## a\tb\tlabel", "\t"),
    ] {
      let text = table("# made in May\n" + header, separator) {
        "\($0 * 7 % 9).5,\($0).25,\($0 % 2)"
      }
      let dataset = try folder.load(text)
      #expect(dataset.inputNames == ["a", "b"] && dataset.count == 40, "\(header)")
      #expect(dataset.notes.contains { $0.hasPrefix("line 2 starts with # and has a word") })
      #expect(dataset.notes.contains("line 1 starts with # and is a comment"))
      #expect(try folder.load(text) { $0.target = "a" }.outputNames == ["a"])
    }
    // Prose, numbers, and a comment above a header are no header.
    for comment in ["# by hand", "# 1,2,3", "# a,a,b"] {
      let text = table(comment) { "\($0 * 7 % 9).5,\($0).25,\($0 % 2)" }
      #expect(try folder.load(text).inputNames == ["column 1", "column 2"])
    }
    let above = table("# u,v,w\na,b,label") { "\($0 * 7 % 9).5,\($0).25,\($0 % 2)" }
    #expect(try folder.load(above).inputNames == ["a", "b"])
    // A wrong cell is named with its own line.
    let wrong = try folder.error(
      table("# a b label", " ") { "\($0 == 3 ? "5%" : "\($0).5"),\($0),\($0 % 2)" })
    #expect(wrong?.place == .cell(line: 5, column: 1, name: "a"))
  }

  @Test("A line that starts with % and a blank is a comment, or the header") func percent() throws {
    for separator in [",", " "] {
      let text = table(
        "% Model: x.mph\n%\n% x,y,T".replacing(",", with: separator), separator
      ) { "\($0 * 7 % 9).5,\($0).25,\($0).5" }
      let dataset = try folder.load(text)
      #expect(dataset.inputNames == ["x", "y"] && dataset.outputNames == ["T"])
      #expect(dataset.notes.contains("2 lines that start with % are comments"))
      #expect(dataset.notes.contains { $0.hasPrefix("line 3 starts with % and has a word") })
    }
    let name = table("%fat,protein,label") { "\($0 * 7 % 9).5,\($0).25,\($0 % 2)" }
    #expect(try folder.load(name).inputNames == ["%fat", "protein"])
  }

  @Test("Bytes that are not UTF-8 are named with their line") func notUTF8() throws {
    let bytes = Array("a,label\r\n1,x\r\n2,".utf8) + [0xFC] + Array("\r\n3,y\r\n".utf8)
    let error = try folder.error(path: folder.file("latin1.csv", bytes))
    #expect(error?.problem == .table(.notUTF8) && error?.place == .line(3))
  }

  @Test("The scaling of targets is no option where the targets are classes") func classes() throws {
    let text = table("a,label") { "\($0 * 7 % 9).5,\($0 % 2)" }
    let error = try folder.error(text) { $0.targetNormalization = .none }
    #expect(error?.problem == .file(.classesAreNotScaled))
    let numbers = try folder.load(text) {
      ($0.targetNormalization, $0.task) = (.none, .regress)
    }
    #expect(numbers.targetScalings.isEmpty)
  }

  @Test("A title in the first of several cells is named") func title() throws {
    let text = table("Report;;\na;b;label", ";") { "\($0).5,\($0),\($0 % 2)" }
    let error = try folder.error(text)
    #expect(error?.problem == .table(.title("Report", cells: 3)) && error?.place == .line(1))
  }

  @Test("What may separate cells otherwise is named") func otherMarks() throws {
    let colons = try folder.error(table("a:b:label", ":") { "\($0).5,\($0),\($0 % 2)" })
    #expect(colons?.problem == .table(.oneColumn(mark: ":")))
    #expect(try folder.error("a\n1\n2\n")?.problem == .table(.oneColumn(mark: nil)))
    let chosen = try folder.error(table("a,b,label") { "\($0).5,\($0),\($0 % 2)" }) {
      $0.table.separator = .tab
    }
    #expect(chosen?.advice == ["--separator comma takes the commas"])
  }

  @Test("Apostrophes around cells are quotes") func apostrophes() throws {
    let text = table("'a','b','label'") { "\($0).5,'\($0)',\($0 % 2 == 0 ? "'up'" : "'it's'")" }
    let dataset = try folder.load(text)
    #expect(dataset.inputNames == ["a", "b"] && dataset.classNames == ["'it's'", "up"])
  }

  @Test("A first column in even steps is noted where it has a name, else left out")
  func evenSteps() throws {
    for (first, step, word) in [
      (0, 10, "grows by 10"), (1_700_000_000, 60, "grows by 60"),
      (9000, -5, "falls by 5"),
    ] {
      func row(_ row: Int) -> String { "\(first + step * row),\(row * 7 % 9).5,\(row / 20)" }
      let named = try folder.load(table("t,x,label", ",", row))
      #expect(named.inputNames == ["t", "x"])
      #expect(named.notes.contains { $0.contains("column 1 't' \(word) from each row") })
      #expect(
        try folder.load(table("t,x,label", ",", row)) { $0.table.leaveOut = "1" }.inputCount == 1)
      let nameless = try folder.load((0..<40).map { row($0) + "\n" }.joined())
      #expect(nameless.inputNames == ["column 2"])
    }
    // A grid alone, decimals and uneven steps are inputs like others.
    let grid = try folder.load(table("x,y") { "\($0 * 10),\($0 * $0).5" })
    let uneven = try folder.load(table("t,x,label") { "\($0 * $0),\($0 * 7 % 9).5,\($0 / 20)" })
    for dataset in [grid, uneven] {
      #expect(!dataset.notes.contains { $0.contains("from each row to the next") })
    }
  }

  private static let others: [([UInt8], ForeignFormat)] = [
    (Array("a,b,label\n1,2,x\n".utf8).flatMap { [$0, 0] }, .unmarkedUTF16("UTF-16LE")),
    (Array("a,b,label\n1,2,x\n".utf8).flatMap { [0, $0] }, .unmarkedUTF16("UTF-16BE")),
    (Array("a,b,label\n".utf8).flatMap { [$0, 0, 0, 0] }, .utf32),
    ([0xFF, 0xFE, 0, 0] + Array("a,b".utf8).flatMap { [$0, 0, 0, 0] }, .utf32),
    (Array("MATLAB 5.0 MAT-file".utf8) + [0, 1], .matlab),
    (
      Array("iris.csv".utf8) + [UInt8](repeating: 0, count: 249) + Array("ustar".utf8), .tar
    ),
    (
      [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [5, 0, 0, 0] + Array("a.npy".utf8),
      .numpyArchive
    ),
    (Array("\n<table><tr><td>1".utf8), .webPage),
    (Array("<?xml version".utf8), .document("an XML document")),
    (Array("ARROW1".utf8) + [0, 0], .columns("an Arrow file")),
    (Array("MATLAB 7.3 MAT-file".utf8) + [0, 1], .matlabHDF5),
    ([0x89] + Array("HDF\r\n\u{1A}\n".utf8), .hdf5),
    (Array("SQLite format 3\0".utf8), .sqlite),
    (Array("RDX3\nX\n\0\0\0\u{3}".utf8), .rObjects),
    (Array("X\n\0\0\0\u{3}\0".utf8), .rObjects),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], .archive("7-Zip", unpacking: "7z x FILE")),
    (Array("Rar!\u{1A}\u{7}\u{1}\0".utf8), .archive("RAR", unpacking: "unrar x FILE")),
    ([0x72, 2, 1, 0, 4, 0, 120, 0], .columns("a Stata file")),
    (Array("<stata_dta><header>".utf8), .columns("a Stata file")),
    (Array("$FL2@(#) SPSS DATA FILE".utf8), .columns("an SPSS file")),
    (Array("(dp0\nVa\np1\n".utf8), .pickle), (Array("ccopy_reg\n_reconstructor\n".utf8), .pickle),
    ([0x7D, 0x71, 0, 0x58, 1, 0, 0, 0], .pickle),
  ]

  @Test("Other files are named for what they are, also compressed", arguments: others.indices)
  func otherFormats(index: Int) throws {
    let (bytes, format) = OddTableTests.others[index]
    let error = try folder.error(path: folder.file("data.csv", bytes))
    #expect(error?.problem == .file(.foreign(format)))
    let words = error.map { "\($0)" } ?? ""
    #expect(!words.contains("is a A") && !words.contains("is a H") && !words.contains("a SPSS"))
  }
}
