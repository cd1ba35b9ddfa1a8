import Findings
import Testing

@Suite("The table of a comparison") struct ComparisonTableTests {
  private static let csv = """
    variant,keep,trainLoss.mean,difference.testLoss.mean,difference.testLoss.low,\
    difference.testLoss.high
    classic,0.5,0.25,,,
    unscaled,0.5,0.25,0.1746,0.12549,0.2237
    unscaled,0.8,0.125,-0.1,-0.3,0.00001
    twice,0.5,1,1,1,1
    twice,0.5,1,1,1,1

    """

  @Test("A row is found by its variant and its point") func row() throws {
    let table = try ComparisonTable(csv: Self.csv)
    let row = try table.row("unscaled", at: ["keep": "0.5"])
    #expect(try row.number("trainLoss.mean") == 0.25)
    #expect(try row.difference("testLoss").text == "+0.1746 [+0.1255, +0.2237]")
    #expect(try row.difference("testLoss").side == .above)
    #expect(try table.row("unscaled", at: ["keep": "0.8"]).difference("testLoss").side == .crosses)
    #expect(try table.row("classic", at: [:]).difference("testLoss").side == .unknown)
  }

  @Test(
    "A row that is not there once, or a column that is not there, is an error with its place",
    arguments: ["classic", "unscaled", "twice", "inverted"])
  func missing(variant: String) throws {
    let table = try ComparisonTable(csv: Self.csv)
    #expect(throws: ComparisonTable.MissingCell.self) {
      try table.row(variant, at: ["keep": variant == "classic" ? "0.8" : "0.5"])
        .number("no.such.column")
    }
  }

  @Test("A line with another number of fields is an error") func ragged() {
    let error = #expect(throws: ComparisonTable.MissingCell.self) {
      try ComparisonTable(csv: "a,b\n1,2\n3\n")
    }
    #expect(error?.description.contains("line 3") == true)
  }
}
