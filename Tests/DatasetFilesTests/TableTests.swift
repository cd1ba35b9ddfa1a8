import DatasetFiles
import DropoutEngine
import Testing

@Suite("Tables of comma-separated values") struct TableTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  /// The inputs and class of each example in the order of the file.
  private func rows(_ dataset: Dataset) -> [([Double], Int)] {
    guard case .classes(let classes) = dataset.targets else { return [] }
    return classes.indices.map { example in
      ((0..<dataset.inputCount).map { dataset.rawInput($0, of: example) }, classes[example])
    }
  }

  @Test("Quotes, embedded commas and newlines, doubled quotes, CRLF and a byte order mark are read")
  func rfc4180() throws {
    let dataset = try folder.load(
      "\u{FEFF}\"a, first\",\"b\r\nsecond\",label\r\n1,\"2\",\"the \"\"one\"\"\"\r\n"
        + "3,4,\"x,\ny\"\r\n5,6.5,\"x,\ny\""
    )
    #expect(dataset.inputNames == ["a, first", "b\\r\\nsecond"])
    #expect(dataset.classNames == ["the \"one\"", "x,\\ny"])
    #expect(rows(dataset).map(\.0) == [[1, 2], [3, 4], [5, 6.5]])
    #expect(rows(dataset).map(\.1) == [0, 1, 1])
  }

  @Test("A header is found where there is one") func header() throws {
    #expect(try folder.load("1,2,a\n3,4,b\n").inputNames == ["column 1", "column 2"])
    #expect(try folder.load("1,2,a\n3,4,b\n").count == 2)
    #expect(try folder.load("w,h,kind\n1,2,a\n3,4,b\n").inputNames == ["w", "h"])
    #expect(try folder.load("0,1,label\n1,2,0\n3,4,1\n").inputNames == ["0", "1"])
  }

  @Test("The target is column label, else the last one, or the one that is named or numbered")
  func target() throws {
    let text = "kind,Label,x,y\n1,7,2.5,3\n2,8,4.5,5\n1,7,4.25,5\n"
    #expect(try folder.load(text).inputNames == ["kind", "x", "y"])
    #expect(try folder.load(text) { $0.target = "kind" }.inputNames == ["Label", "x", "y"])
    #expect(try folder.load(text) { $0.target = "3" }.isClassification == false)
    #expect(try folder.load("a,b\n1,0\n2,1\n").inputNames == ["a"])
    let error = try folder.error(text) { $0.target = "nothing" }
    #expect(error?.description.contains("kind, Label, x, y") == true)
  }

  @Test("Words and few whole numbers are classes, other numbers are not, and it is said")
  func task() throws {
    let whole = "x,y\n" + (0..<40).map { "\($0),\($0 % 20)\n" }.joined()
    #expect(try folder.load(whole).classNames == (0..<20).map { "\($0)" })
    #expect(try folder.load(whole).notes.contains { $0.contains("20 classes") })
    let many = "x,y\n" + (0..<42).map { "\($0),\($0 % 21)\n" }.joined()
    #expect(try folder.load(many).isClassification == false)
    #expect(try folder.load(many) { $0.task = .classify }.classNames.count == 21)
    #expect(try folder.load(whole) { $0.task = .regress }.isClassification == false)
    #expect(try folder.load("x,y\n1,1\n2,1.0\n3,2\n").classNames == ["1", "2"])
    let words = try folder.error("x,y\n1,a\n2,b\n") { $0.task = .regress }
    #expect(words?.place == .cell(line: 2, column: 2, name: "y"))
  }

  @Test("Inputs are standardised by the training part only, and a constant column becomes 0")
  func standardisation() throws {
    let text = "a,b,c,k\n" + (0..<40).map { "\($0 * $0),5,\(-$0),\($0 % 2)\n" }.joined()
    let dataset = try folder.load(text)
    for input in [0, 2] {
      let values = dataset.trainingExamples.map { Double(dataset.inputs(of: $0)[input]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
      #expect(abs(mean) < 1e-6 && abs(variance - 1) < 1e-5)
    }
    #expect((0..<40).allSatisfy { dataset.inputs(of: $0)[1] == 0 })
    #expect(dataset.testExamples.count == 10)
  }

  @Test("The split is a function of the data seed") func split() throws {
    let text = "a,k\n" + (0..<60).map { "\($0),\($0 % 3)\n" }.joined()
    let one = try folder.load(text)
    #expect(try folder.load(text).trainingExamples == one.trainingExamples)
    #expect(try folder.load(text) { $0.dataSeed = 8 }.trainingExamples != one.trainingExamples)
    #expect(Set(one.trainingExamples + one.testExamples).count == 60)
  }

  @Test("A test file has the same columns and the same classes") func testFile() throws {
    let test = try folder.file("test.csv", Array("a,k\n9,x\n8,y\n".utf8))
    let dataset = try folder.load("a,k\n1,x\n2,y\n3,x\n") { $0.testData = test }
    #expect(dataset.trainingExamples.sorted() == [0, 1, 2])
    #expect(dataset.testExamples.sorted() == [3, 4])
    let unknown = try folder.file("unknown.csv", Array("a,k\n9,z\n".utf8))
    let error = try folder.error("a,k\n1,x\n2,y\n") { $0.testData = unknown }
    #expect(
      error?.description.contains("'z'") == true
        && error?.place == .cell(line: 2, column: 2, name: "k"))
    // To leave the target out would make another one of it.
    #expect(error?.advice.isEmpty == true)
    let other = try folder.file("other.csv", Array("a,b,k\n9,1,x\n".utf8))
    #expect(try folder.error("a,k\n1,x\n2,y\n") { $0.testData = other }?.isMissing == false)
    let turned = try folder.file("turned.csv", Array("b,a,k\n9,1,x\n".utf8))
    let order = try folder.error("a,b,k\n1,2,x\n2,3,y\n") { $0.testData = turned }
    #expect(order?.place == .line(1))
    #expect(order.map { "\($0)" }?.contains("column 1 is 'b', and in ") == true)
  }

  @Test("A square number of pixels is an image") func image() throws {
    let pixels = (0..<25).map { "\($0)" }.joined(separator: ",")
    let text = "\(pixels),a\n\(pixels),b\n\(pixels),a\n"
    #expect(try folder.load(text).image == ImageShape(height: 5, width: 5))
    #expect(try folder.load(text) { $0.image = .none }.image == nil)
    #expect(try folder.error(text) { $0.image = .size(height: 4, width: 4) }?.isMissing == false)
  }

  @Test("Numbers are read as they are written") func numbers() throws {
    let cells = ["1", "-0.5", "1e3", "+7", " 2.25\t", "123456789.125", "0.1", "1E-3", ".5", "5."]
    let text = "x,k\n" + cells.map { "\($0),a\n" }.joined() + "0,b\n"
    let dataset = try folder.load(text)
    let expected: [Float] = [1, -0.5, 1000, 7, 2.25, 123_456_792, 0.1, 0.001, 0.5, 5]
    #expect((0..<10).map { Float(dataset.rawInput(0, of: $0)) } == expected)
  }
}
