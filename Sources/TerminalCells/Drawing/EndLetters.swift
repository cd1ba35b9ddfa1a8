/// The rows of the letters at the ends of curves that end in one column.
///
/// Letters stand in the order of their values, each as near to its own row as the others allow.
enum EndLetters {
  /// The end of a curve.
  struct End {
    var value: Double
    var row: Int
  }

  /// The row of each letter; nil where there are more letters than rows.
  static func rows(of ends: [End], height: Int) -> [Int?] {
    let shown = Array(ends.indices.prefix(height))
    let order = shown.sorted { (-ends[$0].value, $0) < (-ends[$1].value, $1) }
    var rows = [Int?](repeating: nil, count: ends.count)
    var last = -1
    for block in blocks(order.map { ends[$0].row }) {
      let first = block.min { order[$0] < order[$1] } ?? block.lowerBound
      let mean = mean(of: block, order.map { ends[$0].row })
      // Between two rows, the first curve keeps its own.
      let bases = [Int(mean.rounded(.down)), Int(mean.rounded(.up))]
      let base = bases.min { distance(of: first, at: $0) < distance(of: first, at: $1) } ?? 0
      for place in block {
        let lowest = height - order.count + place
        last = min(max(base + place, last + 1, place), lowest)
        rows[order[place]] = last
      }
      func distance(of place: Int, at base: Int) -> Int {
        abs(base + place - ends[order[place]].row)
      }
    }
    return rows
  }

  /// Groups of letters that push one another; within each they stand in rows one below the other.
  ///
  /// > Source: the pool of adjacent violators, Barlow and others 1972, for rows less their place.
  private static func blocks(_ rows: [Int]) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    for place in rows.indices {
      blocks.append(place..<place + 1)
      while blocks.count >= 2,
        mean(of: blocks[blocks.count - 2], rows) > mean(of: blocks[blocks.count - 1], rows)
      {
        let below = blocks.removeLast()
        blocks[blocks.count - 1] = blocks[blocks.count - 1].lowerBound..<below.upperBound
      }
    }
    return blocks
  }

  /// The mean of rows less their place.
  private static func mean(of block: Range<Int>, _ rows: [Int]) -> Double {
    Double(block.reduce(0) { $0 + rows[$1] - $1 }) / Double(block.count)
  }
}
