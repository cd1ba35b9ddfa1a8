import DatasetFiles
import DropoutEngine
import Testing

/// Numbers whose last digits matter, and marks that can be read in two ways.
@Suite("Numbers as they are written") struct ExactNumberTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  @Test(
    "Targets far from 0 keep their differences, and are shown as they are written",
    arguments: [1_700_000_000.0, 1_700_000_000_000, 1_700_000_000_000_000, 2_460_000.5])
  func timeStamps(start: Double) throws {
    let written = (0..<80).map { start + Double(($0 * 37) % 80) }
    let text = "x,when\n" + written.enumerated().map { "\($0).5,\($1)\n" }.joined()
    let dataset = try folder.load(text) { $0.task = .regress }
    guard case .values(let targets) = dataset.targets else {
      Issue.record("these are no numbers")
      return
    }
    let scaling = dataset.targetScalings[0]
    for example in 0..<80 {
      let own = dataset.own(Double(targets[example, 0]), output: 0)
      #expect(abs(own - written[example]) <= max(1e-5, written[example].ulp))
      // The same numbers near 0 are the same targets.
      let near = (written[example] - start) - (scaling.offset - start)
      #expect(abs(Double(targets[example, 0]) * scaling.divisor - near) < 0.5)
    }
    #expect(Set(targets.elements).count == 80)
    #expect(scaling.divisor > 20 && scaling.divisor < 26)
    #expect(!dataset.notes.contains { $0.contains("32-bit") })
    let raw = try folder.load(text) {
      ($0.task, $0.targetNormalization) = (.regress, .none)
    }
    guard case .values(let unscaled) = raw.targets else { return }
    #expect((0..<80).allSatisfy { unscaled[$0, 0] == Float(written[$0]) })
  }

  @Test("A number that stands for missing values is named, in inputs and in targets")
  func substitutes() throws {
    let rows = (0..<60).map { row in
      "\(row % 9 == 3 ? "-999" : "\(row * 7 % 23).5"),\(row % 11 == 5 ? "-999" : "\(row).25")\n"
    }
    let dataset = try folder.load("a,price\n" + rows.joined())
    let named = dataset.notes.filter { $0.contains("is -999 in") }
    #expect(named.count == 2)
    #expect(named.contains { $0.contains("'a'") } && named.contains { $0.contains("'price'") })
  }

  @Test("Values that become the same float all the same are counted and named") func merged()
    throws
  {
    let ids = (0..<60).map { "\(1_212_121_212_121_212_000 + $0),\($0 * 7 % 11).5,\($0 % 2)\n" }
    let tweets = try folder.load("tweet,x,label\n" + ids.joined()) { $0.testFraction = 0 }
    let named = tweets.notes.filter { $0.contains("32-bit floats") }
    #expect(
      named.count == 1
        && named[0].contains("'tweet' has 60 different values in the training part, but")
        && named[0].contains("they are only 2:"))
    let close = (0..<60).map {
      "\(1_212_121_212_121_212_000 + $0 / 2),\($0 * 7 % 11).5,\($0 % 2)\n"
    }
    let ones = try folder.load("tweet,x,label\n" + close.joined()) { $0.testFraction = 0 }
    #expect(!ones.notes.contains { $0.contains("same value in each row") })
    let outlier = (0..<60).map { "\($0 == 9 ? "1e10" : "0.000\($0 + 10)"),\($0).5,\($0 % 2)\n" }
    let small = try folder.load("x,z,label\n" + outlier.joined()) { $0.testFraction = 0 }
    #expect(
      small.notes.contains { $0.contains("'x' has 60 different") && $0.contains("only 2, for") })
    let target = (0..<60).map { "\($0).5,\($0 == 9 ? "1e12" : "0.00\($0 + 10)")\n" }
    let far = try folder.load("x,price\n" + target.joined()) { $0.testFraction = 0 }
    #expect(far.notes.contains { $0.contains("the target 'price' has 60") })
    // Sixteen digits of which a float can hold the difference are told apart.
    let apart = (0..<60).map { "0.123456789\(100_000 + $0 * 999),\($0).5,\($0 % 2)\n" }
    let fine = try folder.load("x,z,label\n" + apart.joined())
    #expect(!fine.notes.contains { $0.contains("32-bit floats") })
  }

  @Test("Classes of more digits than a Double has stay apart") func longClasses() throws {
    let rows = (0..<60).map { "\($0).5,\(9_007_199_254_740_992 + $0 % 3)\n" }
    let dataset = try folder.load("x,label\n" + rows.joined()) { $0.task = .classify }
    #expect(dataset.classNames.count == 3)
  }

  /// Sixty rows of a small number and one that passes a thousand, with a mark there.
  private func thousands(_ separator: String, mark: String, from first: Int = 129) -> String {
    let rows = (0..<60).map { row -> String in
      let value = first + row * 45
      let text =
        value < 1000
        ? "\(value)" : "\(value / 1000)\(mark)" + "\(1000 + value % 1000)".dropFirst()
      return "\(row % 9)\(separator)\(text)\n"
    }
    return "x\(separator)y\n" + rows.joined()
  }

  @Test(
    "A mark that may stand before decimals or between thousands is asked about, and loads then",
    arguments: [(";", "."), (";", ","), ("\t", "."), ("\t", ",")])
  func unclearMark(separator: String, mark: String) throws {
    let text = thousands(separator, mark: mark)
    let error = try folder.error(text)
    #expect(error?.problem == .table(.unclearDecimal("1\(mark)029")))
    // 129 + 20 * 45 is the first number above a thousand, in row 21 below the header.
    #expect(error?.place == .cell(line: 22, column: 2, name: nil))
    let words = "\(error.map { "\($0)" } ?? "")"
    let (point, comma) = mark == "." ? ("1.029", "1029") : ("1029", "1.029")
    #expect(words.contains("--decimal point reads \(point); --decimal comma reads \(comma)"))
    for (decimal, read) in [(DecimalMark.point, point), (.comma, comma)] {
      let dataset = try folder.load(text) {
        ($0.task, $0.table.decimal, $0.targetNormalization) = (.regress, decimal, .none)
      }
      guard case .values(let targets) = dataset.targets else {
        Issue.record("these are no numbers")
        return
      }
      #expect("\(targets[20, 0])".hasPrefix(read))
      #expect(targets[0, 0] == 129)
    }
  }

  @Test("A later line decides where the first ones do not") func lateEvidence() throws {
    let late = thousands(";", mark: ".", from: 101) + "3;12.5\n"
    #expect(try folder.load(late) { $0.task = .regress }.count == 61)
    // A long number without a mark shows that thousands have none.
    let long = thousands(";", mark: ".") + "3;4731\n"
    #expect(try folder.load(long) { $0.task = .regress }.count == 61)
    // Three decimals in every cell of a table of tabs are decimals.
    let fixed = (0..<60).map { "\($0).125\t\($0 * 7 % 60).250\t\($0 % 2)\n" }.joined()
    #expect(try folder.load("a\tb\tlabel\n" + fixed).inputCount == 2)
  }

  @Test("A number with both marks is refused with its reading, and loads by it") func bothMarks()
    throws
  {
    let rows = (0..<30).map { "\($0)\t\($0 + 1).200,50\n" }.joined()
    let text = "x\ty\n" + rows
    let error = try folder.error(text) { $0.task = .regress }
    #expect(error?.problem == .table(.wrongCell("1.200,50", .plainTarget)))
    #expect(error?.advice == ["--decimal comma reads 1200.5"])
    let dataset = try folder.load(text) {
      ($0.task, $0.table.decimal, $0.targetNormalization) = (.regress, .comma, .none)
    }
    guard case .values(let targets) = dataset.targets else { return }
    #expect(targets[0, 0] == 1200.5 && targets[29, 0] == 30200.5)
    // Groups of other than three digits are no thousands.
    let wrong = try folder.error("x;y\n1;2.50\n2;3.75\n3;4.250,5\n") {
      ($0.task, $0.table.decimal) = (.regress, .comma)
    }
    #expect(wrong?.problem == .table(.wrongCell("2.50", .plainTarget)))
  }
}
