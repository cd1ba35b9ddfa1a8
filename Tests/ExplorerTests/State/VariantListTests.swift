import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("The list of variants") struct VariantListTests {
  @Test("It says how many variants are out of sight, above and below")
  func outOfSight() throws {
    var state = try Person(steps: 3).state
    func outOfSight(_ line: Int, _ columns: Int, _ rows: Int) -> [Int] {
      state.overlay = .variants(line: line)
      _ = state.update(.resized(ScreenSize(columns: columns, rows: rows)))
      let text = Screen.draw(state).plainRows.first { $0.contains("Esc: back") } ?? ""
      let words = text.split { !$0.isLetter && !$0.isNumber }
      return ["above", "below"].map { word in
        words.firstIndex { $0 == word }.flatMap { Int(words[$0 - 1]) } ?? 0
      }
    }
    let count = Variant.allCases.count
    for line in 0..<count {
      let (above, below) = (outOfSight(line, 80, 24)[0], outOfSight(line, 80, 24)[1])
      #expect(above <= line && below < count - line && above + below > 0)
    }
    #expect(outOfSight(0, 80, 24)[0] == 0 && outOfSight(count - 1, 80, 24)[1] == 0)
    #expect(outOfSight(0, 120, 60) == [0, 0])
  }
}
