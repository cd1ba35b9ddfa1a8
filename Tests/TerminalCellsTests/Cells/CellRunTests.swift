import RepeatableRandom
import TerminalCells
import Testing

@Suite("Runs of changed cells") struct CellRunTests {
  private func buffer(_ text: String) -> CellBuffer {
    var buffer = CellBuffer(width: 8, height: 2)
    buffer.write(text, x: 0, y: 0)
    return buffer
  }

  @Test("Only what differs is in a run") func differences() {
    #expect(buffer("abcdef").changes(from: buffer("abcdef")) == [])
    #expect(
      buffer("aXcdYZ").changes(from: buffer("abcdef")) == [
        CellRun(y: 0, columns: 1..<2), CellRun(y: 0, columns: 4..<6),
      ])
  }

  @Test("A run holds wide characters whole") func wide() {
    #expect(buffer("a字b").changes(from: buffer("a漢b")) == [CellRun(y: 0, columns: 1..<3)])
    var styled = buffer("a漢b")
    styled.restyle(Rect(x: 2, y: 0, width: 1, height: 1)) { $0.bold = true }
    #expect(styled.changes(from: buffer("a漢b")) == [CellRun(y: 0, columns: 1..<3)])
  }

  @Test("A buffer of another size is all new") func sizes() {
    let all = [CellRun(y: 0, columns: 0..<8), CellRun(y: 1, columns: 0..<8)]
    #expect(buffer("a").changes(from: nil) == all)
    #expect(buffer("a").changes(from: CellBuffer(width: 7, height: 2)) == all)
    #expect(CellBuffer(width: 0, height: 3).changes(from: nil) == [])
  }

  @Test("Copying the runs onto what was shown gives the new buffer") func replay() {
    var random = Generator(seed: 2)
    var shown = CellBuffer(width: 9, height: 3)
    for _ in 0..<500 {
      var next = shown
      next.write(random.text(atMost: 6), x: random.int(-2...9), y: random.int(0...2))
      var replayed = shown
      for run in next.changes(from: shown) {
        for x in run.columns where !next[x, run.y].isContinuation {
          replayed[x, run.y] = next[x, run.y]
        }
      }
      #expect(replayed == next)
      shown = next
    }
  }
}
