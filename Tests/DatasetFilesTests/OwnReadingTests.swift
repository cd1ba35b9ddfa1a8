import DatasetFiles
import DropoutEngine
import Testing

/// Targets by number, commas between blanks, and headers of fractions.
@Suite("Tables that can be read in two ways") struct OwnReadingTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func rows(_ row: (Int) -> String) -> String {
    (0..<40).map { row($0) + "\n" }.joined()
  }

  @Test("A number is the place of the target, though a cell of line 1 holds it")
  func place() throws {
    let text = rows { "\($0 % 3),\($0 * 7 % 9).5,1,\($0 % 5).25" }
    let dataset = try folder.load(text) { $0.target = "1" }
    #expect(dataset.count == 40 && dataset.classNames == ["0", "1", "2"])
    #expect(dataset.inputCount == 3)
  }

  @Test("In a header a number is a name first, which is said") func name() throws {
    let dataset = try folder.load("size,1,x\n" + rows { "\($0 * 7 % 9).5,\($0 % 2),\($0 % 5).25" })
    {
      $0.target = "1"
    }
    #expect(dataset.count == 40 && dataset.inputNames == ["size", "x"])
    #expect(
      dataset.notes.contains(
        "--target 1 is the column of that name, column 2 '1', and not column 1 'size'"))
  }

  @Test(
    "Blanks separate numbers with decimal commas",
    arguments: ["", "a b y\n"], ["hi", "0,75"])
  func blanks(header: String, last: String) throws {
    let text =
      header
      + rows { "\($0),25  -\($0 * 7 % 9),5 \($0 % 2 == 0 ? last : last == "hi" ? "lo" : "0,25")" }
    let dataset = try folder.load(text) { $0.task = last == "hi" ? .classify : $0.task }
    #expect(dataset.count == 40 && dataset.inputCount == 2)
    #expect(dataset.rawInput(0, of: 3) == 3.25)
    #expect(
      dataset.notes.contains("cells are separated by blanks, numbers have a decimal comma"))
  }

  @Test("One comma in each line without a header can be read in two ways") func twoWays() {
    let text = rows { "\($0),25 kg" }
    #expect {
      _ = try folder.load(text)
    } throws: { error in
      "\(error)".contains("--separator blank") && "\(error)".contains("--separator comma")
    }
  }

  @Test("A header may count its columns in fractions") func fractions() throws {
    let dataset = try folder.load(
      "0.0,1.0,2.0\n" + rows { "\($0 * 7 % 9).5,\($0 % 5).25,\($0 % 2)" })
    #expect(dataset.count == 40 && dataset.inputNames == ["0.0", "1.0"])
  }
}
