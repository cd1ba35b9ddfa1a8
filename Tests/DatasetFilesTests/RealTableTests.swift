import DatasetFiles
import DropoutEngine
import Testing

/// Tables as spreadsheets, statistics programs and data frames write them.
@Suite("Tables as people have them") struct RealTableTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  /// Sixty rows of two numbers and a class, each number written by `number`.
  private func table(
    header: String = "size,weight,label", separator: String = ",",
    number: (Int) -> String = { "\($0).5" }
  ) -> String {
    let rows = (0..<60).map { row in
      [number(row), number((row * 7) % 60), row % 2 == 0 ? "lo" : "hi"]
        .joined(separator: separator)
    }
    return ([header] + rows).filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  private func values(_ dataset: Dataset, input: Int = 0, count: Int = 4) -> [Double] {
    (0..<count).map { dataset.rawInput(input, of: $0) }
  }

  @Test(
    "The separator and the decimal mark are told by the contents",
    arguments: [
      (";", ",", "size;weight;label"), (";", ".", "size;weight;label"), ("\t", ".", ""),
      ("\t", ",", "size\tweight\tlabel"), ("  ", ".", ""), (";", ",", "\"size, cm\";weight;label"),
      (";", ",", "size, cm;weight;label"), (", ", ".", "size, weight, label"),
    ])
  func dialects(separator: String, decimal: String, header: String) throws {
    let dataset = try folder.load(
      table(header: header, separator: separator) { "\($0)\(decimal)25" })
    #expect(dataset.inputCount == 2 && dataset.classNames == ["hi", "lo"])
    #expect(values(dataset) == [0.25, 1.25, 2.25, 3.25])
    #expect(dataset.count == 60)
  }

  @Test("What was told is said, and the person can say otherwise") func chosenDialect() throws {
    let text = table(header: "a;b;label", separator: ";") { "\($0),5" }
    let notes = try folder.load(text).notes
    #expect(notes.contains { $0.contains("semicolons") && $0.contains("decimal comma") })
    let error = try folder.error(text) { $0.table.separator = .comma }
    #expect(error?.place == .line(2) && error?.description.contains("cells") == true)
    let points = try folder.error(text) { $0.table.decimal = .point }
    #expect(points?.problem == .table(.wrongCell("0,5", .plainNumber)))
  }

  @Test("A dialect that cannot be told is refused with both readings")
  func unclearDialect() throws {
    let thousands = try folder.error("a;b;label\n1,234;1;x\n5,678;2;y\n1,111;3;x\n")
    #expect(thousands?.problem == .table(.unclearDecimal("1,234")))
    #expect(thousands?.place == .cell(line: 2, column: 1, name: nil))
    let both = try folder.error("a;b,c\ne;f,g\ni;j,k\n")
    #expect(
      both?.problem
        == .table(.unclearSeparator(.comma, cells: 2, other: .semicolon, otherCells: 2)))
  }

  @Test("Excel's separator line, comments and blank rows are no data")
  func preambles() throws {
    let excel = try folder.load("sep=;\n" + table(header: "a;b;label", separator: ";"))
    #expect(excel.count == 60 && excel.inputNames == ["a", "b"])
    let comments = try folder.load("# by the lab\n# 2024, spring\n" + table())
    #expect(comments.count == 60 && comments.notes.contains { $0.contains("2 lines") })
    let blank = try folder.load(table() + ",,\n,,\n")
    #expect(blank.count == 60 && blank.notes.contains { $0.contains("2 rows are blank") })
    let ends = try folder.load("a,b,label\n1,2,x,\n3,4,y,,\n5,6,x,\n")
    #expect(ends.count == 3 && ends.inputNames == ["a", "b"])
  }

  @Test("Names and cells lose the blanks and quotes around them") func trimming() throws {
    let dataset = try folder.load("\"a\", \"label\" , \"b\"\n1, \" x\" ,2\n3,y ,4\n5, x,6\n")
    #expect(dataset.inputNames == ["a", "b"] && dataset.classNames == ["x", "y"])
  }

  @Test("A header of numbers that count the columns is a header") func countingHeader() throws {
    let rows = (0..<40).map { "\($0).5,\(40 - $0).5,\($0 % 2)\n" }.joined()
    for header in ["0,1,2\n", "1,2,3\n"] {
      let dataset = try folder.load(header + rows)
      #expect(dataset.count == 40 && dataset.classNames == ["0", "1"])
      #expect(dataset.notes.contains { $0.contains("line 1 counts the columns") })
    }
  }

  @Test("Words above words are a header where they never come again") func wordHeader() throws {
    let rows = (0..<20).map { "\($0 % 2 == 0),\($0 % 3 == 0),\($0 % 2 == 0 ? "x" : "y")\n" }
    let dataset = try folder.load("big,red,kind\n" + rows.joined())
    #expect(dataset.count == 20 && dataset.inputNames == ["big=true", "red=true"])
    #expect(try folder.load(rows.joined()).count == 20)
  }

  @Test("A line 2 that is wrong is named as line 2") func units() throws {
    let error = try folder.error("a,b,label\n[mm],[g],[-]\n1,2,x\n3,4,y\n5,6,x\n")
    #expect(error?.place == .cell(line: 2, column: 1, name: "a"))
  }

  @Test("The rows' numbers and names are left out, unless they are asked for")
  func identifiers() throws {
    let random = (0..<60).map { ($0 * 37) % 60 }
    func rows(_ first: (Int) -> String) -> String {
      (0..<60).map { "\(first($0)),\(random[$0]).5,\($0 < 30 ? "a" : "b")\n" }.joined()
    }
    for (header, first) in [
      (",x,label", { "\($0)" }), ("Id,x,label", { "\($0 + 1)" }), ("n,x,label", { "\($0)" }),
      ("Unnamed: 0,x,label", { "\($0 * 3 % 60)" }), ("sample_id,x,label", { "s\($0)" }),
    ] as [(String, (Int) -> String)] {
      let dataset = try folder.load(header + "\n" + rows(first))
      #expect(dataset.inputNames == ["x"], "\(header)")
      #expect(dataset.notes.contains { $0.hasPrefix("column 1") && $0.contains("left out") })
    }
    let asked = try folder.load("n,x,label\n" + rows { "\($0)" }) { $0.table.inputs = "n, x" }
    #expect(asked.inputNames == ["n", "x"])
    // The only input is never left out, nor is a column that merely ascends.
    #expect(try folder.load("n,label\n0,a\n1,a\n2,a\n3,b\n4,b\n5,b\n").inputNames == ["n"])
    let years = (0..<60).map { "\(1960 + $0),\(random[$0]).5,\($0 < 30 ? "a" : "b")\n" }.joined()
    #expect(try folder.load("year,x,label\n" + years).inputNames == ["year", "x"])
  }

  @Test("Inputs are chosen and left out by name and number") func choosing() throws {
    let text = "a,b,c,label\n1,2,3,x\n4,5,6,y\n7,8,9,x\n"
    #expect(try folder.load(text) { $0.table.inputs = "c,1" }.inputNames == ["a", "c"])
    #expect(try folder.load(text) { $0.table.leaveOut = "b" }.inputNames == ["a", "c"])
    #expect(
      try folder.error(text) { $0.table.inputs = "a,d" }?.problem
        == .table(
          .noSuchColumn("d", option: "inputs", columns: ["a", "b", "c", "label"], hasHeader: true)))
    #expect(
      try folder.error(text) { $0.table.inputs = "a,label" }?.problem
        == .table(.targetIsInput("label")))
    #expect(
      try folder.error(text) { $0.table.inputs = "a,a" }?.problem
        == .table(.columnTwice("a", option: "inputs")))
    #expect(
      try folder.error(text) { $0.table.leaveOut = "a,b,c" }?.problem
        == .table(.noInputs(leftOut: [])))
    let twice = try folder.error("label,x,label\n0,1,a\n0,2,b\n0,3,a\n")
    #expect(twice?.problem == .table(.nameTwice("label", option: "target", columns: 1, 3)))
  }

  @Test("Columns of words become one-hot inputs up to the limit, others are left out")
  func words() throws {
    let colours = ["red", "green", "blue"]
    let text =
      "name,colour,old,label\n"
      + (0..<30).map { "who \($0),\(colours[$0 % 3]),\($0 % 2 == 0 ? "yes" : "no"),\($0 % 2)\n" }
      .joined()
    let dataset = try folder.load(text)
    #expect(dataset.inputNames == ["colour=blue", "colour=green", "colour=red", "old=yes"])
    #expect((0..<4).map { dataset.rawInput($0, of: 1) } == [0, 1, 0, 0])
    #expect((0..<4).map { dataset.rawInput($0, of: 2) } == [1, 0, 0, 1])
    #expect(dataset.notes.contains { $0.contains("'name'") && $0.contains("left out") })
    #expect(try folder.load(text) { $0.table.oneHot = 2 }.inputNames == ["old=yes"])
    #expect(try folder.load(text) { $0.table.oneHot = 30 }.inputCount == 34)
    let asked = try folder.error(text) { $0.table.inputs = "name" }
    #expect(asked?.description.contains("30 different words") == true)
    #expect(asked?.advice == ["--one-hot 30 makes inputs of its words"])
    let test = try folder.file("test.csv", Array("name,colour,old,label\nx,pink,no,1\n".utf8))
    let unknown = try folder.error(text) { $0.testData = test }
    #expect(unknown?.place == .cell(line: 2, column: 2, name: "colour"))
  }

  @Test(
    "A target that is no number among numbers is named, and its row can be left out",
    arguments: [
      "NA", "nan", "?", "-", "", "\"3,5\"", "\"1.200,00\"", "12 kg", "null", "inf", "$4", "5%",
    ])
  func wrongTargets(cell: String) throws {
    let text =
      "x,y\n" + (0..<100).map { $0 == 70 ? "1,\(cell)\n" : "\($0).5,\($0 * $0).25\n" }.joined()
    let error = try #require(try folder.error(text))
    #expect(error.place == .cell(line: 72, column: 2, name: "y"), "\(error)")
    #expect(error.description.contains("--missing drop"))
    let dataset = try folder.load(text) { $0.table.missing = .drop }
    #expect(dataset.count == 99 && !dataset.isClassification)
    #expect(dataset.notes.contains { $0.hasPrefix("1 of 100 rows is left out") })
  }

  @Test("A missing input takes the mean of the training part, its row is left out, or it is named")
  func missingInputs() throws {
    let text =
      "a,b,label\n"
      + (0..<40).map { "\($0 == 9 || $0 == 20 ? "" : "\($0)"),\($0),\($0 % 2 == 0 ? "x" : "y")\n" }
      .joined()
    let dataset = try folder.load(text)
    let present = dataset.trainingExamples.filter { $0 != 9 && $0 != 20 }
    let mean = Double(Float(present.map(Double.init).reduce(0, +) / Double(present.count)))
    #expect(dataset.rawInput(0, of: 9) == mean && dataset.rawInput(0, of: 20) == mean)
    #expect(dataset.rawInput(0, of: 8) == 8)
    #expect(dataset.notes.contains { $0.contains("'a' is missing in 2 of 40 rows") })
    #expect(try folder.load(text) { $0.table.missing = .drop }.count == 38)
    let refused = try folder.error(text) { $0.table.missing = .refuse }
    #expect(refused?.place == .cell(line: 11, column: 1, name: "a"))
    #expect(refused?.problem == .table(.wrongCell(nil, .number)))
    // A cell that is no number is a fault, never a missing value.
    let fault = try folder.error(text.replacing("\n10,10,", with: "\n10 mm,10,"))
    #expect(fault?.problem == .table(.wrongCell("10 mm", .plainNumber)))
    let all = "a,b,label\n,1,x\n,2,y\n,3,x\n"
    #expect(try folder.load(all).inputNames == ["b"])
    let none = try folder.error("a,b,label\n1,,x\n,2,y\n3,,x\n") { $0.table.missing = .drop }
    #expect(none?.problem == .table(.allRowsDropped(3, columns: [0, 1])))
  }

  @Test("Whole numbers are classes where they are few for the rows, and the other reading is named")
  func wholeNumbers() throws {
    let letters = "x,y\n" + (0..<520).map { "\($0).5,\($0 % 26 + 1)\n" }.joined()
    let dataset = try folder.load(letters)
    #expect(dataset.classNames.count == 26)
    #expect(
      dataset.notes.contains { $0.contains("26 classes") && $0.contains("--task regress") })
    let years = "x,y\n" + (0..<520).map { "\($0).5,\($0 % 26 + 1990)\n" }.joined()
    #expect(try folder.load(years).isClassification == false)
    let few = "x,y\n" + (0..<12).map { "\($0).5,\($0 % 9)\n" }.joined()
    #expect(try folder.load(few).isClassification == false)
    #expect(try folder.load(few).notes.contains { $0.contains("--task classify") })
  }

  @Test("Words that hardly repeat are no classes, and doubtful classes are named")
  func doubtfulClasses() throws {
    let names = "x,y\n" + (0..<60).map { "\($0).5,n\($0)\n" }.joined()
    let error = try folder.error(names)
    guard case .table(.tooManyClasses("y", 60, 60, nil, _)) = error?.problem else {
      Issue.record("\(error.map { "\($0)" } ?? "it loads")")
      return
    }
    #expect(error?.advice.isEmpty == true)
    let typed =
      "x,y\n"
      + (0..<90).map { "\($0).5,\($0 == 7 ? "ca t" : ["cat", "Cat"][$0 % 2])\n" }
      .joined()
    let notes = try folder.load(typed).notes
    #expect(notes.contains { $0.contains("'Cat' and 'cat' differ only in capital letters") })
    #expect(notes.contains { $0.contains("'ca t' has one example of 90") })
  }

  @Test("A target may be several columns: one-hot classes, or several numbers")
  func severalTargets() throws {
    let hot =
      "x,u,v,w\n"
      + (0..<30).map { row in
        "\(row).5," + (0..<3).map { row % 3 == $0 ? "1" : "0" }.joined(separator: ",") + "\n"
      }.joined()
    let classes = try folder.load(hot) { $0.target = "u,v,w" }
    #expect(classes.classNames == ["u", "v", "w"] && classes.inputNames == ["x"])
    #expect(try folder.load(hot).notes.contains { $0.contains("--target u,v,w") })
    let numbers = try folder.load(hot.replacing("1,0,0", with: "2.5,0,0")) { $0.target = "u,v,w" }
    #expect(numbers.outputNames == ["u", "v", "w"] && !numbers.isClassification)
    let refused = try folder.error(hot.replacing("1,0,0", with: "1,1,0")) {
      $0.target = "u,v,w"
      $0.task = .classify
    }
    #expect(refused?.problem == .table(.notOneHot(["u", "v", "w"])))
  }

  @Test("The first column may be the label, and it is said how to take it") func firstLabel() throws
  {
    let wine = (0..<60).map { "\($0 % 3 + 1),\($0).5,\($0 * 17).25\n" }.joined()
    #expect(try folder.load(wine).notes.contains { $0.contains("--target 1") })
    let images = (0..<20).map {
      "\($0 % 10)," + Array(repeating: "0", count: 25).joined(separator: ",")
    }
    let error = try folder.error(images.joined(separator: "\n"))
    #expect(error?.problem == .table(.oneClass("0", labels: 1)))
    #expect(error?.description.contains("--target 1") == true)
    #expect(try folder.load("target,a\n1,2.5\n0,3.5\n1,4.5\n").inputNames == ["a"])
  }

  @Test(
    "Numbers far from 0 keep their differences",
    arguments: [1_700_000_000, 1_700_000_000_000, 1_700_000_000_000_000, 2_460_000])
  func timeStamps(start: Int) throws {
    let text = "t,label\n" + (0..<60).map { "\(start + $0),\($0 < 30 ? "a" : "b")\n" }.joined()
    let shifted = "t,label\n" + (0..<60).map { "\($0),\($0 < 30 ? "a" : "b")\n" }.joined()
    let (far, near) = (try folder.load(text), try folder.load(shifted))
    for example in 0..<60 {
      #expect(far.rawInput(0, of: example) == Double(start + example))
      #expect(abs(far.inputs(of: example)[0] - near.inputs(of: example)[0]) < 1e-6)
    }
    #expect(far.notes.contains { $0.contains("far from 0") })
  }

  @Test("A target that is a number is standardised by the training part, and shown as it was")
  func standardisedTarget() throws {
    let prices = (0..<80).map { 200_000 + 1_500 * (($0 * 37) % 80) }
    let text = "x,price\n" + prices.enumerated().map { "\($0).5,\($1).5\n" }.joined()
    let dataset = try folder.load(text)
    guard case .values(let targets) = dataset.targets else {
      Issue.record("these are no numbers")
      return
    }
    let training = dataset.trainingExamples.map { Double(targets[$0, 0]) }
    let mean = training.reduce(0, +) / Double(training.count)
    let variance = training.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(training.count)
    #expect(abs(mean) < 1e-6 && abs(variance - 1) < 1e-5)
    for example in 0..<80 {
      let own = dataset.own(Double(targets[example, 0]), output: 0)
      #expect(abs(own - Double(prices[example]) - 0.5) < 0.05)
    }
    let summary = DatasetSummary(of: dataset).targets[0]
    let largest = dataset.trainingExamples.map { prices[$0] }.max() ?? 0
    #expect(abs(summary.maximum - Double(largest) - 0.5) < 0.05)
    #expect(dataset.notes.contains { $0.contains("--normalize-target none") })
    let raw = try folder.load(text) { $0.targetNormalization = .none }
    #expect(raw.targetScalings.isEmpty && raw.own(3, output: 0) == 3)
    // A constant target has nothing to teach.
    let constant = try folder.error("x,y\n1,5.5\n2,5.5\n3,5.5\n4,5.5\n") { $0.task = .regress }
    #expect(constant?.problem == .table(.constantTarget("y", value: "5.5", labels: nil)))
  }

  @Test(
    "Files of other kinds are named for what they are",
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00], "table.csv", ForeignFormat.utf16),
      ([0x93] + Array("NUMPY\u{1}".utf8), "a.npy", .numpy),
      ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "a.xlsx", .workbook),
      ([0x50, 0x4B, 0x03, 0x04] + Array("....xl/workbook.xml".utf8), "a", .workbook),
      ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "a.zip", .zip),
      (Array("PAR1....".utf8), "a.parquet", .columns("a Parquet file")),
      ([0x80, 0x04, 0x95], "a.pkl", .pickle),
      (Array("\n<!DOCTYPE html><html>".utf8), "iris.csv", .webPage),
      (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "iris.csv", .largeFilePointer),
      (Array("% by\n@RELATION iris\n".utf8), "a.arff", .attributeRelation),
      (Array("[{\"a\": 1}]".utf8), "a.json", .json), (Array("{\"a\": 1}".utf8), "a.json", .json),
      (Array("BZh91AY".utf8), "a.csv.bz2", .compressed("bzip2")),
    ] as [([UInt8], String, ForeignFormat)])
  func foreign(bytes: [UInt8], name: String, format: ForeignFormat) throws {
    let error = try folder.error(path: folder.file(name, bytes))
    #expect(error?.problem == .file(.foreign(format)))
    #expect(error?.isMissing == false)
  }

  @Test("Sparse files are named") func sparse() throws {
    let error = try folder.error("1 1:0.5 2:0.25\n0 1:0.75 3:1\n")
    #expect(error?.problem == .table(.sparse("1:0.5")))
  }

  @Test("scikit-learn's own tables have a line of counts first") func scikitLearn() throws {
    let rows = (0..<30).map { "\($0).5,\($0 % 7).25,\($0 % 2)\n" }.joined()
    let dataset = try folder.load("30,2,malignant,benign\n" + rows)
    #expect(dataset.count == 30 && dataset.inputCount == 2 && dataset.classNames == ["0", "1"])
  }
}
