import DatasetFiles
import DropoutEngine
import Testing

/// Each advice of a refused table leads to a table that trains, and none is given that does not.
@Suite("Advice about refused tables") struct AdviceTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  /// A table of 40 rows.
  private static func table(_ header: String, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<40).map { row($0) + "\n" }.joined()
  }

  /// The options in an advice, each with its value.
  private func options(_ advice: String) -> [(name: String, value: String)] {
    let words = advice.split(separator: " ").map { $0.filter { $0 != "," && $0 != ";" } }
    return zip(words, words.dropFirst()).filter { $0.0.hasPrefix("--") }
      .map { (String($0.0.dropFirst(2)), $0.1) }
  }

  /// Follows an advice.
  private func follow(_ advice: String, _ text: String) throws -> Dataset {
    var settings = Settings()
    settings.experiment.data = try folder.file("table.csv", Array(text.utf8))
    for (name, value) in options(advice) {
      let definition = try #require(ParameterTable.definition(named: name), "--\(name)")
      try definition.set(value, &settings)
    }
    return try DatasetFiles.load(settings.experiment)
  }

  private static let refused: [(text: String, advice: [String])] = [
    // A class for each row, or no row left, helps nobody.
    (table("a,b,price") { "\($0).5,\($0 * 7 % 9),\"$\($0 + 1),\(100 + $0)\"" }, []),
    (table("a,b,y") { "\($0).5,\($0 * 7 % 9),\($0 + 1).25 kg" }, []),
    (table("a,b,y") { "\($0).5,\($0 * 7 % 9),id\($0)" }, ["--target 2 takes column 2 'b'"]),
    // A number that starts with 0 has decimals.
    (
      table("a,b,y") { "\"-\($0 % 3),256\",\($0 * 7 % 9),\($0)" },
      ["--decimal comma reads -0.256"]
    ),
    // The other columns do not fit a decimal comma.
    (
      table("a,b,y") { "0.\($0 + 10),\($0 * 7 % 9).328,\"\($0 + 2),140\"" },
      ["--decimal point reads 2140"]
    ),
    // The commas of b are decimal ones, so the points of a stand between thousands.
    (
      table("a;b;y") { "\($0 + 6).441;\($0 % 4),449;\($0 % 7)" }, ["--decimal comma reads 6441"]
    ),
    (
      table("a;b;y") { "\($0),5;\($0 * 7 % 9);\($0 + 74)\u{202F}184,25" },
      ["--decimal comma reads 74184.25"]
    ),
    (
      table("a,b,y") { "\($0).5,\($0 * 7 % 9),\($0 + 74)'184.25" },
      ["--decimal point reads 74184.25"]
    ),
    // One row in forty is worth leaving out; of each second one it is said how many stay.
    (
      table("a,b,y") { "\($0).5,\($0 == 9 ? "#DIV/0!" : "\($0)"),\($0 * 3).5" },
      ["--missing drop leaves 1 of 40 rows out"]
    ),
    (
      table("a,b,y") { "\($0).5,1,\($0 % 2 == 0 ? "(\($0).5)" : "\($0).5")" },
      ["--missing drop leaves 20 of 40 rows out and 20 to train and test on"]
    ),
    (
      table("a,b,y") { "\($0 % 8 == 0 ? "\($0).5" : "\($0)%"),\($0 * 7 % 9).5,\($0 * 3).5" },
      [
        "--missing drop leaves 35 of 40 rows out and 5 to train and test on",
        "--leave-out 1 leaves the column out",
      ]
    ),
    // A column may go where its rows cannot.
    (
      table("a,b,y") { "\($0 + 3)%,\($0 * 7 % 9).5,\($0 * 3).5" },
      ["--leave-out 1 leaves the column out"]
    ),
    // A row and a mark may be wrong at once.
    (
      table("a;b;y") { "\($0)\u{A0}125,5;\($0 == 30 ? "x" : "\($0),5");\($0 % 3)" }
        .replacing("\n0\u{A0}", with: "\n7\u{A0}"),
      [
        "--decimal comma reads 7125.5 with --missing drop, which leaves 1 of 40 rows out"
      ]
    ),
  ]

  @Test("What is advised was tried, and trains", arguments: refused.indices)
  func advice(index: Int) throws {
    let (text, expected) = AdviceTests.refused[index]
    let error = try #require(try folder.error(text))
    #expect(error.advice == expected)
    for advice in error.advice {
      #expect("\(error)".contains("; \(advice)"))
      #expect(!options(advice).isEmpty)
      let left = try follow(advice, text).count
      #expect(left >= 27 || advice.contains(" and \(left) to train"))
    }
  }

  @Test("Numbers with a decimal mark that is named may have any marks between thousands")
  func thousands() throws {
    func read(_ cell: String, _ mark: DecimalMark) throws -> Float? {
      let text = "a\ty\n" + (0..<9).map { "\($0)\t\(cell)\n\($0)\t7\n" }.joined()
      let dataset = try? folder.load(text) {
        ($0.task, $0.table.decimal, $0.targetNormalization) = (.regress, mark, .none)
      }
      guard let dataset, case .values(let values) = dataset.targets else { return nil }
      return values[0, 0]
    }
    let good: [(String, DecimalMark, Float)] = [
      ("1\u{2019}234.5", .point, 1234.5), ("12'345'678", .point, 12_345_678),
      ("-1\u{2009}234,5", .comma, -1234.5), ("1 234,5", .comma, 1234.5),
      ("12,34,567.5", .point, 1_234_567.5), ("+1.234.567", .comma, 1_234_567),
    ]
    for (cell, mark, value) in good { #expect(try read(cell, mark) == value, "\(cell)") }
    for (cell, mark) in [
      ("0,256", DecimalMark.point), ("-0.256", .comma), ("1'23", .point), ("1,23,45", .point),
      ("1'234,567", .point), ("1234,567", .point), ("012,345", .point),
    ] {
      #expect(try read(cell, mark) == nil, "\(cell)")
    }
  }

  @Test("A note says how many rows would be left out, where any rows stay") func fewRowsLeft()
    throws
  {
    let few = AdviceTests.table("a,b,y") { "\($0).5,\($0 == 3 ? "" : "\($0)"),\($0 * 3).5" }
    #expect(try folder.load(few).notes.contains { $0.hasSuffix("--missing drop leaves 1 row out") })
    let most = AdviceTests.table("a,b,y") { "\($0).5,\($0 == 3 ? "5" : ""),\($0 * 3).5" }
    let notes = try folder.load(most).notes
    #expect(!notes.contains { $0.contains("--missing drop") })
    #expect(notes.contains { $0.hasSuffix("--leave-out leaves the column out") })
    let half = AdviceTests.table("a,b,y") { "\($0).5,\($0 % 2 == 0 ? "\($0)" : ""),\($0 * 3).5" }
    #expect(
      try folder.load(half).notes.contains {
        $0.hasSuffix(
          "--leave-out leaves the column out; --missing drop leaves 20 of 40 rows out")
      })
  }

  @Test("A value far from all others is named where they merge beside it") func farValue() throws {
    let text = AdviceTests.table("a,b,y") { row in
      "\(row == 3 ? "1e10" : "0.00\(100 + row)"),\(row * 7 % 9),\(row * 3).5"
    }
    let notes = try folder.load(text).notes.filter { $0.contains("32-bit floats") }
    #expect(notes.count == 1 && notes[0].contains("for 10000000000 is far from the others"))
    #expect(!notes[0].contains("subtract"))
    let ids = AdviceTests.table("id,a,y") { row in
      "12345678901234\(56000 + row * 37 % 1000),\(row).5,\(row * 3).5"
    }
    let words = try folder.load(ids) { $0.table.inputs = "id,a" }.notes
    #expect(words.contains { $0.contains("subtract a number from the column") })
  }

  @Test("A later line tells the decimal mark of a long table that is read in pieces")
  func lateMark() throws {
    var text = "a;b;label\n"
    for row in 0..<12000 { text += "\(row % 7),\(100 + row % 800);\(row % 90);\(row % 2)\n" }
    text += "1,25;7;1\n"
    #expect(text.utf8.count > 3 << 15)
    #expect(try folder.load(text).count == 12001)
  }
}
