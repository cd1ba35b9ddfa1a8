import RepeatableRandom
import TerminalCells
import Testing

@Suite("Layout") struct LayoutTests {
  @Test("Sizes are never negative, however they come about") func sizes() {
    var rect = Rect(x: 1, y: 2, width: -4, height: 3)
    #expect(rect.width == 0 && rect.isEmpty)
    rect.height -= 9
    rect.width = 5
    rect.width -= 6
    #expect(rect == Rect(x: 1, y: 2, width: 0, height: 0))
    #expect(Rect(x: 0, y: 0, width: 3, height: 3).inset(by: 2).isEmpty)
    #expect(Rect(x: 0, y: 0, width: 9, height: 3).inset(by: -2).width == 9)
  }

  @Test("A rectangle contains its first cell and not the one beyond its last") func contains() {
    let rect = Rect(x: 2, y: 3, width: 4, height: 5)
    #expect(rect.contains(x: 2, y: 3) && rect.contains(x: 5, y: 7))
    #expect(!rect.contains(x: 6, y: 3) && !rect.contains(x: 2, y: 8) && !rect.contains(x: 1, y: 3))
    #expect(rect.row(5).isEmpty && rect.row(-1).isEmpty && rect.row(4).y == 7)
  }

  @Test("Rectangles that do not meet share nothing") func intersection() {
    let rect = Rect(x: 0, y: 0, width: 4, height: 4)
    #expect(rect.intersection(Rect(x: 4, y: 0, width: 2, height: 2)).isEmpty)
    #expect(
      rect.intersection(Rect(x: 3, y: -2, width: 9, height: 3))
        == Rect(x: 3, y: 0, width: 1, height: 1))
  }

  @Test("A split loses no cell and invents none") func splits() {
    let rect = Rect(x: 5, y: 6, width: 10, height: 4)
    for cut in -2...12 {
      let (top, below) = rect.splitTop(cut)
      #expect(top.height + below.height == 4 && below.y == top.maxY && below.maxY == rect.maxY)
      let (above, bottom) = rect.splitBottom(cut)
      #expect(bottom.height == min(max(0, cut), 4) && above.maxY == bottom.y)
      let (left, right) = rect.splitLeft(cut)
      #expect(left.width + right.width == 10 && right.x == left.maxX && right.maxX == rect.maxX)
    }
  }

  @Test("Fixed parts are served first, shares divide all that is left") func extents() {
    let rect = Rect(x: 0, y: 0, width: 20, height: 1)
    let parts = rect.columns([.fixed(5), .share(2), .remaining], gap: 1)
    #expect(parts.map(\.width) == [5, 8, 5] && parts.map(\.x) == [0, 6, 15])
    #expect(rect.columns([.fixed(15), .fixed(15)]).map(\.width) == [15, 5])
    #expect(rect.columns([.fixed(-3), .share(-1), .remaining]).map(\.width) == [0, 0, 20])
    #expect(rect.columns([]).isEmpty)
    let low = Rect(x: 0, y: 0, width: 9, height: 6)
    #expect(low.rows([.fixed(3), .remaining], gap: 2).map(\.height) == [3, 1])
    #expect(low.rows([.fixed(9), .remaining], gap: 2).map(\.height) == [4, 0])
  }

  @Test("Parts stay inside, in order and apart, whatever is asked for") func parts() {
    var random = Generator(seed: 3)
    for _ in 0..<2000 {
      let rect = random.area()
      let gap = random.int(-1...3)
      let extents = (0..<random.int(0...6)).map { _ -> Extent in
        let size = random.int(-2...30)
        return random.int(0...1) == 0 ? .fixed(size) : .share(size)
      }
      for (parts, whole) in [
        (rect.columns(extents, gap: gap).map { ($0.x, $0.maxX) }, (rect.x, rect.maxX)),
        (rect.rows(extents, gap: gap).map { ($0.y, $0.maxY) }, (rect.y, rect.maxY)),
      ] {
        #expect(parts.count == extents.count)
        var end = whole.0
        for part in parts {
          #expect(part.0 >= end && part.1 >= part.0 && part.1 <= whole.1)
          end = part.1
        }
      }
    }
  }
}
