import Explorer
import TerminalCells
import Testing

@Suite("The bars of the sums") struct SumBarTests {
  /// The bars of all units: how many cells have the common part, and how many the other one.
  private func bars(_ keys: String) throws -> [(common: Int, rest: Int)] {
    let rows = DrawnPanel(.sums, of: try ViewStates.pressed(keys), width: 160, height: 13).rows
    return rows.dropFirst().map { row in
      let bar = row.dropFirst(53)
      return (bar.count { $0 == "#" }, bar.count { $0 == ":" || $0 == "." })
    }
  }

  @Test("Bars keep their scale while the scaling is switched") func scale() throws {
    let off = try bars("")
    let classic = try bars("s")
    let inverted = try bars("ss")
    #expect(off.contains { $0.common > 8 }, "too short to tell one scale from another")
    for (before, after) in zip(off, classic) {
      #expect(abs(before.common - after.common) <= 1, "the same training, \(before), \(after)")
      #expect(after.rest == 0)
    }
    for (before, after) in zip(off, inverted) {
      let length = before.common + before.rest
      #expect(abs(length - after.common) <= 1, "the same test, \(before), \(after)")
    }
  }

  @Test("The heading names what the bars show: extra, missing, or neither") func heading() throws {
    func heading(_ variant: String) throws -> String {
      DrawnPanel(.sums, of: try PanelStates.trained([("variant", variant)]), width: 90, height: 13)
        .rows[0]
    }
    #expect(try heading("unscaled").contains("::extra in test"))
    #expect(try heading("double-scaled").contains("..missing in test"))
    #expect(try heading("classic").contains("##train = test"))
  }

  @Test("Nothing touches the marks of a layer: the legend of the network leaves a gap")
  func legend() throws {
    for keys in ["", "jj", "jjjj"] {
      let rows = Screen.draw(try ViewStates.pressed(keys)).plainRows
      for row in rows where row.contains(" kept") || row.contains(" masked") {
        let network = row.prefix { $0 != "|" && $0 != "│" }
        #expect(!network.contains("●●") && !network.contains("⊘⊘"), "\(row)")
      }
    }
  }

  @Test("The sentence says that a mean is over masks, whatever this step masks") func overMasks()
    throws
  {
    let text = Screen.draw(try ViewStates.pressed("")).plainRows.prefix(4).joined(separator: " ")
    #expect(text.contains("over masks"))
  }
}
