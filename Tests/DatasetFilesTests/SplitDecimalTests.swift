import DatasetFiles
import DropoutEngine
import Testing

/// Decimal commas in a table whose cells are separated by commas, which tear each number in two.
@Suite("Decimal commas between cells that commas separate") struct SplitDecimalTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func lines(_ row: (Int) -> String) -> String {
    (0..<40).map { row($0) + "\n" }.joined()
  }

  @Test("Below a header with fewer names a line with more cells names the decimal commas")
  func header() throws {
    for (width, row) in [
      (6, { "-\($0),25,0,5,\($0),75" }), (5, { "-\($0),25,0,5,\($0 % 2)" }),
    ] as [(Int, (Int) -> String)] {
      let error = try folder.error("a,b,y\n" + lines(row))
      #expect(
        error?.problem
          == .table(.wrongCellCount(width, first: 3, firstLine: 1, mayBeTorn: true)))
      #expect(error?.place == .line(2))
      let words = error.map { "\($0)" } ?? ""
      #expect(words.contains("where its numbers have decimal commas, export it with semicolons"))
    }
    // A text with a comma, and numbers with points, are something else.
    for row in ["1,2,x,y", "1.5,2.5,3.5,4.5", "1,2,3,4,5,6,7"] {
      let error = try folder.error("a,b,y\n1,2,3\n\(row)\n")
      guard case .table(.wrongCellCount(_, _, _, let mayBeTorn)) = error?.problem else {
        Issue.record("\(row): \(String(describing: error))")
        continue
      }
      #expect(!mayBeTorn, "\(row)")
    }
  }

  @Test("A whole number -0 before digits is refused as one number, with its line and a remedy")
  func minusZero() throws {
    let text = lines { "\($0 == 6 ? "-0" : "\($0 % 3)"),\($0 + 26),1,\($0 % 10)3,\($0 % 2)" }
    let error = try #require(try folder.error(text))
    #expect(error.problem == .table(.tornDecimals("-0,32")))
    #expect(error.place == .cell(line: 7, column: 1, name: nil))
    #expect("\(error)".contains("export it with semicolons between cells, with decimal points"))
    #expect(error.advice == ["--separator comma takes the commas"])
    #expect(try folder.load(text) { $0.table.separator = .comma }.count == 40)
    // Names of the pieces change nothing.
    #expect(try folder.error("a,b,c,d,y\n" + text)?.problem == error.problem)
  }

  @Test("Zeros in front of each second number, and of no first one, are decimals")
  func zerosInFront() throws {
    for label in ["", ",\(1)", ",up"] {
      let text = lines { "\($0 % 4),0\($0 % 7),1\($0 % 3),\($0 % 2 == 0 ? "05" : "61")" + label }
      #expect(try folder.error(text)?.problem == .table(.tornDecimals("0,00")), "\(label)")
    }
    let first = lines { "\($0 % 2),\($0 % 4),0\($0 % 7),1\($0 % 3),\($0 % 2 == 0 ? "05" : "61")" }
    #expect(try folder.error(first)?.problem == .table(.tornDecimals("0,00")))
    // Days and months have zeros in other places, and quotes hold a cell together.
    let dates = lines { "2024,0\($0 % 9 + 1),0\($0 % 7 + 1),\($0 * 7 % 31)" }
    #expect(try folder.load(dates).inputNames.count == 3)
    let quoted = lines { "\($0 % 4),\"0\($0 % 7)\",1\($0 % 3),\"0\($0 % 2)\"" }
    #expect(try folder.load(quoted).inputNames.count == 3)
  }

  @Test("Digits of one length behind each number are remarked on, and trained on")
  func rounded() throws {
    let text = lines { "\(5 + $0 % 2),\($0 % 10),3,\($0 * 7 % 10),\($0 % 2 == 0 ? "a" : "b")" }
    let dataset = try folder.load(text)
    #expect(dataset.count == 40)
    #expect(dataset.notes.contains { $0.hasPrefix("line 1 has '5,0', taken for two numbers") })
    // Ratings, and numbers of any length, are whole numbers.
    for plain in [
      lines { "\($0 % 5),\($0 * 3 % 5),\($0 * 7 % 5),\($0 % 4),\($0 % 2)" },
      lines { "\($0 % 5),\($0 * 3),\($0 * 7 % 5),\($0),\($0 % 2)" },
    ] {
      #expect(try !folder.load(plain).notes.contains { $0.contains("decimal comma") })
    }
  }
}
