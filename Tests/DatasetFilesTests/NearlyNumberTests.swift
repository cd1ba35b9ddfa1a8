import DatasetFiles
import DropoutEngine
import Testing

/// Cells that a person reads as numbers, and columns that are no inputs or answers.
@Suite("Numbers with something about them, and numbers of rows") struct NearlyNumberTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private static let strange = [
    "5 EUR", "EUR 5", "5 %", "5%", "$5", "€5", "5€", "−5", "1.1D+00", "1 234", "1\u{A0}234",
    "1\u{202F}234", "1'234", "1,234.5", "(5)", "−1\u{A0}234,50 €", "1,00,000",
  ]

  @Test("A strange number among numbers is refused with its place", arguments: strange)
  func amongNumbers(cell: String) throws {
    let rows = (0..<60).map { row in
      "\(row == 20 ? "\"\(cell)\"" : "\(row).5"),\(row * 7 % 60).5,\(row % 2)\n"
    }
    let error = try folder.error("price,x,label\n" + rows.joined())
    #expect(error?.place == .cell(line: 22, column: 1, name: "price"))
    guard case .table(.wrongCell(cell, .plainNumber)) = error?.problem else {
      Issue.record("\(error.map { "\($0)" } ?? "it loads")")
      return
    }
    let target = (0..<60).map { row in
      "\(row).5,\(row == 20 ? "\"\(cell)\"" : "\(row * 7 % 60).5")\n"
    }
    let wrong = try folder.error("x,price\n" + target.joined())
    #expect(wrong?.place == .cell(line: 22, column: 2, name: "price"))
    #expect(try folder.load("x,price\n" + target.joined()) { $0.table.missing = .drop }.count == 59)
  }

  @Test("A column of strange numbers is no column of words, however few they are")
  func fewStrangeNumbers() throws {
    for (first, second) in [("5 EUR", "7 EUR"), ("10%", "20%"), ("−5", "−7"), ("1.5D+00", "2.5D0")]
    {
      let rows = (0..<40).map { "\($0 % 2 == 0 ? first : second),\($0).5,\($0 % 3)\n" }
      let error = try folder.error("price,x,label\n" + rows.joined())
      #expect(error?.place == .cell(line: 2, column: 1, name: "price"))
      let targets = (0..<40).map { "\($0).5,\($0 % 2 == 0 ? first : second)\n" }
      let target = try folder.error("x,price\n" + targets.joined())
      #expect(target?.place == .cell(line: 2, column: 2, name: "price"))
      #expect("\(target.map { "\($0)" } ?? "")".contains("--task classify"))
      let classes = try folder.load("x,price\n" + targets.joined()) { $0.task = .classify }
      #expect(classes.classNames.count == 2)
    }
  }

  @Test(
    "A sign that no number here has is named with the one to write",
    arguments: [
      ("−5.5", "a minus is written -, as on the keyboard"), ("−5,5", "as on the keyboard"),
      ("(5.5)", "a minus is written -, without parentheses"),
      ("1.5D+00", "an exponent is written with e"), ("5 kg", "without a unit"),
      ("−1.234,5", "marks between thousands"), ("€5", "a sign of money"),
    ])
  func signs(cell: String, words: String) throws {
    func rows(_ row: (Int, String) -> String) -> String {
      (0..<40).map { row($0, $0 == 20 ? "\"\(cell)\"" : "\($0).5") }.joined()
    }
    let input = try folder.error("a,b,label\n" + rows { "\($1),\($0 * 7 % 9),\($0 % 2)\n" })
    #expect(input.map { "\($0)" }?.contains(words) == true)
    let target = try folder.error("a,b\n" + rows { "\($0 * 7 % 9),\($1)\n" })
    #expect(target.map { "\($0)" }?.contains(words) == true)
  }

  @Test("Words that start with a digit, dates, versions and addresses are words")
  func wordsWithDigits() throws {
    for words in [
      ["1st", "2nd", "3rd"], ["4WD", "2WD", "4x4"], ["1.2.3", "2.0.1", "2.1.0"],
      ["12.05.2024", "13.05.2024", "01.06.2024"], ["10.0.0.1", "10.0.0.2", "10.0.1.1"],
    ] {
      let rows = (0..<40).map { "\(words[$0 % 3]),\($0).5,\($0 % 2)\n" }
      #expect(try folder.load("kind,x,label\n" + rows.joined()).inputCount == 4)
    }
  }

  @Test("Where no column is left, each one's reason is said") func reasons() throws {
    let rows = (0..<40).map { "\($0),who \($0),\($0 % 2 == 0 ? "a" : "b")\n" }
    let text = "n,name,label\n" + rows.joined()
    let words = try folder.error(text).map { "\($0)" } ?? ""
    #expect(words.contains("'n': it only counts the rows; 'name': it has 40 different words"))
    #expect(words.hasSuffix("--inputs 1 takes the column; --one-hot 40 makes inputs of its words"))
  }

  @Test("A word where --task regress needs a number is not said to be the odd one out")
  func wordsToRegress() throws {
    let rows = (0..<40).map { "\($0).5,\($0 % 2 == 0 ? "a" : "b")\n" }
    let error = try folder.error("x,kind\n" + rows.joined()) { $0.task = .regress }
    #expect(error?.problem == .table(.wrongCell("a", .targetNumberToRegress)))
    let words = error.map { "\($0)" } ?? ""
    #expect(words.contains("--task regress needs a number") && !words.contains("other targets"))
  }

  @Test("Numbers of rows are left out at both ends, up and down, and are never the target")
  func rowNumbers() throws {
    let numbers = (0..<60).map { ($0 * 37) % 60 }
    func table(_ header: String, _ row: (Int) -> String) -> String {
      header + (0..<60).map { row($0) + "\n" }.joined()
    }
    func answer(_ row: Int) -> String { row < 30 ? "a" : "b" }
    let down = try folder.load(
      table("n,x,kind\n") { "\(60 - $0),\(numbers[$0]).5,\(answer($0))" })
    #expect(down.inputNames == ["x"])
    #expect(down.notes.contains { $0.contains("column 1 'n' is left out") })
    let last = try folder.load(
      table("x,kind,row_id\n") { "\(numbers[$0]).5,\(answer($0)),\(5000 + numbers[$0] * 3)" })
    #expect(last.inputNames == ["x"] && last.classNames == ["a", "b"])
    #expect(last.notes.contains { $0.contains("the last column with answers, 'kind'") })
    for start in [0, 1] {
      for sign in [1, -1] {
        let text = table("x,kind,n\n") { row in
          "\(numbers[row]).5,\(answer(row)),\(sign > 0 ? start + row : 59 + start - row)"
        }
        let dataset = try folder.load(text)
        #expect(dataset.inputNames == ["x"] && dataset.classNames == ["a", "b"])
        #expect(dataset.notes.contains { $0.contains("column 3 'n' is left out") })
        #expect(try folder.load(text) { $0.target = "n" }.classNames.isEmpty)
      }
    }
    let nameless = try folder.load(
      table("") { "\(1000 - $0),\(numbers[$0]).5,\(answer($0))" })
    #expect(nameless.inputNames == ["column 2"])
    // Codes of classes repeat, whatever the name; years are no numbers of rows.
    let codes = try folder.load(table("x,class_id\n") { "\(numbers[$0]).5,\($0 % 3)" })
    #expect(codes.classNames == ["0", "1", "2"])
    let years = try folder.load(
      table("year,x,kind\n") { "\(1960 + $0),\(numbers[$0]).5,a\($0 % 2)" })
    #expect(years.inputNames == ["year", "x"])
  }

  @Test("Options about images are refused with a table")
  func imageOptions() throws {
    let table = try folder.file("t.csv", Array("x,label\n1,a\n2,b\n3,a\n".utf8))
    let error = try folder.error(path: table) { $0.labels = "labels.idx" }
    #expect(error?.problem == .file(.inapplicable(option: "labels", areImages: false)))
    #expect("\(error.map { "\($0)" } ?? "")".contains("is a table, and --labels is about images"))
  }

  /// Forty rows of two numbers and a class.
  private func rows(_ separator: String = ",") -> String {
    (0..<40).map {
      ["\($0 * 7 % 40).5", "\($0).25", $0 % 2 == 0 ? "a" : "b"].joined(separator: separator) + "\n"
    }.joined()
  }

  @Test("Titles, remarks and the rules of Markdown are named with their line") func otherLines()
    throws
  {
    let head = "p,q,label\n"
    let cases: [(String, TableProblem, Int)] = [
      ("My data of 2024\n" + head + rows(), .title("My data of 2024", cells: 3), 1),
      (head + rows() + "# more\n" + rows(), .comment("#"), 42),
      (head + rows() + "% more\n" + rows(), .comment("%"), 42),
      (
        head + rows() + "(40 rows)\n", .wrongCellCount(1, first: 3, firstLine: 1, mayBeTorn: false),
        42
      ),
      (
        "| p | q | label |\n|---|:-:|--:|\n"
          + (0..<9).map { "| \($0) | \($0 * 3) | a\($0 % 2) |\n" }.joined(), .markdown, 2
      ),
    ]
    for (text, problem, line) in cases {
      let error = try folder.error(text)
      #expect(error?.problem == .table(problem) && error?.place == .line(line))
      #expect(error?.description.contains("delete") == true)
    }
  }

  @Test("Pipes separate cells, and R's header has no name for the names of rows")
  func otherWriters() throws {
    let pipes = try folder.load("p|q|label\n" + rows("|"))
    #expect(pipes.inputCount == 2 && pipes.classNames == ["a", "b"])
    for separator in ["\t", " ", ","] {
      let named = rows(separator).split(separator: "\n").enumerated()
        .map { "\"\($0 + 1)\"\(separator)\($1)\n" }.joined()
      let header = ["\"p\"", "\"q\"", "\"label\""].joined(separator: separator)
      let dataset = try folder.load(header + "\n" + named)
      #expect(dataset.inputNames == ["p", "q"] && dataset.count == 40)
      #expect(dataset.notes.contains { $0.contains("holds names of rows") })
    }
  }

  @Test("A target that is left out, near a name, or a coordinate") func targets() throws {
    let text = "x,y,species\n" + rows()
    #expect(try folder.load(text).classNames == ["a", "b"])
    #expect(try folder.load(text) { $0.table.leaveOut = "species" }.outputNames == ["y"])
    let both = try folder.error(text) { ($0.target, $0.table.leaveOut) = ("y", "y") }
    #expect(both?.problem == .table(.targetIsLeftOut("y")))
    for (asked, meant) in [("specis", "species"), ("Species", "species")] {
      let error = try folder.error(text) { $0.target = asked }
      #expect(error?.description.contains("did you mean '\(meant)'?") == true)
    }
    let far = try folder.error(text) { $0.target = "price" }
    #expect(far?.description.contains("did you mean") == false)
  }

  @Test("Constant columns are named, and one row is one row") func constants() throws {
    let rows = (0..<40).map { "\($0 * 7 % 40).5,5,1,\($0 == 3 ? "" : "\($0)").5,a\($0 % 2)\n" }
    let text = "p,c,d,e,label\n" + rows.joined().replacing(",.5,", with: ",NA,")
    let dataset = try folder.load(text) { $0.table.missing = .drop }
    #expect(dataset.notes.contains { $0.hasPrefix("column 2 'c' and 1 more have the same value") })
    #expect(dataset.notes.contains { $0.hasPrefix("1 of 40 rows is left out") })
  }

  @Test("Shuffled numbers of rows, and a data frame's second index, are left out")
  func shuffledRowNumbers() throws {
    func rows(_ row: (Int) -> String) -> String { (0..<80).map { row($0) + "\n" }.joined() }
    func rest(_ row: Int) -> String { "\(row * 7 % 80).5,\(row < 40 ? "a" : "b")" }
    for header in ["PATIENTID,x,kind\n", ""] {
      let shuffled = try folder.load(header + rows { "\(1000 + $0 * 37 % 80),\(rest($0))" })
      #expect(shuffled.inputCount == 1)
    }
    let gaps = try folder.load("n,x,kind\n" + rows { "\($0 + ($0 > 30 ? 2 : 1)),\(rest($0))" })
    #expect(gaps.inputNames == ["x"])
    let twice = try folder.load(",Unnamed: 0.1,x,kind\n" + rows { "\($0),\($0),\(rest($0))" })
    #expect(twice.inputNames == ["x"])
    // Years, and numbers that repeat or leave most of their range out, are inputs.
    for (name, number) in [
      ("year", { 1900 + $0 * 37 % 80 }), ("size", { $0 * 37 % 80 / 2 }), ("size", { $0 * 370 }),
    ] as [(String, (Int) -> Int)] {
      let dataset = try folder.load("\(name),x,kind\n" + rows { "\(number($0)),\(rest($0))" })
      #expect(dataset.inputNames == [name, "x"])
    }
  }

  @Test("Years above numbers are a header, and so is a first column named #") func yearHeaders()
    throws
  {
    let rows = (0..<40).map { "c\($0 % 3),\($0).5,\($0 * 7 % 40).25,\($0 * 3 % 40).75\n" }.joined()
    let years = try folder.load("country,2019,2020,2021\n" + rows)
    #expect(years.count == 40 && years.outputNames == ["2021"])
    let numbers = (0..<40).map { "\($0).5,\($0 * 7 % 40).25,\($0 * 3 % 40).75\n" }.joined()
    #expect(try folder.load("2019,2020,2021\n" + numbers).count == 40)
    // Rows that all count on are rows.
    let windows = (0..<40).map { "\($0 * 3),\($0 * 3 + 1),\($0 * 3 + 2)\n" }.joined()
    #expect(try folder.load(windows) { $0.task = .regress }.count == 40)
    let hash = (0..<40).map { "\($0),\($0 * 7 % 40).5,\($0 % 2)\n" }.joined()
    let numbered = try folder.load("#,label,x\n" + hash.replacing("0.5,", with: "3.5,"))
    #expect(numbered.inputNames == ["x"])
  }

  @Test("Numbers that stand for missing values are named, and hard blanks are no words")
  func substitutes() throws {
    let text =
      "temp,x,label\n"
      + (0..<60).map { row in
        "\(row % 10 == 0 ? "-999" : "\(row % 7).5"),\u{A0}\(row * 7 % 60).5,a\(row % 2)\u{A0}\n"
      }.joined()
    let dataset = try folder.load(text)
    #expect(dataset.inputNames == ["temp", "x"] && dataset.classNames == ["a0", "a1"])
    #expect(dataset.notes.contains { $0.hasPrefix("column 1 'temp' is -999 in 6 rows") })
    let wide = (0..<60).map { "\($0 % 10 == 0 ? 999 : $0 * 30),\($0 * 7 % 60).5,a\($0 % 2)\n" }
    let other = try folder.load("size,x,label\n" + wide.joined())
    #expect(!other.notes.contains { $0.contains("a value is missing") })
  }
}
