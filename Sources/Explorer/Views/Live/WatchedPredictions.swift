import DropoutEngine
import TerminalCells

/// The predictions of both passes for the watched example: the training pass under this step's
/// mask, and the test pass.
struct WatchedPredictions {
  /// The state that is drawn.
  let state: ExplorerState

  /// One output.
  struct Row: Equatable {
    /// The index of the output.
    var output: Int
    /// Its name.
    var name: String
    /// The output of the masked training pass.
    var masked: Double
    /// The output of the test pass.
    var test: Double
    /// The target, for numbers.
    var target: Double?
    /// Whether it is the right class.
    var isRight: Bool
  }

  /// The outputs in their order.
  var rows: [Row] {
    let evidence = state.evidence
    let watched = state.watchedRow
    guard watched < evidence.trainingOutput.rows, watched < evidence.testOutput.rows else {
      return []
    }
    let dataset = state.snapshot.dataset
    return dataset.outputNames.indices.compactMap { output in
      guard output < evidence.trainingOutput.columns, output < evidence.testOutput.columns else {
        return nil
      }
      var target: Double?
      var isRight = false
      switch evidence.targets {
      case .classes(let classes):
        isRight = classes.indices.contains(watched) && classes[watched] == output
      case .values(let values):
        if watched < values.rows, output < values.columns {
          target = dataset.own(Double(values[watched, output]), output: output)
        }
      }
      return Row(
        output: output, name: dataset.outputNames[output],
        masked: dataset.own(Double(evidence.trainingOutput[watched, output]), output: output),
        test: dataset.own(Double(evidence.testOutput[watched, output]), output: output),
        target: target, isRight: isRight)
    }
  }

  /// The rows that a height shows: all in order, or the greatest first with the right one among
  /// them.
  static func shown(_ rows: [Row], room: Int) -> [Row] {
    guard room > 0 else { return [] }
    guard rows.count > room else { return rows }
    func weight(_ row: Row) -> Double {
      let values = [row.masked, row.test].filter(\.isFinite)
      return values.max() ?? -.infinity
    }
    let ordered = rows.enumerated().sorted {
      let (one, other) = (weight($0.element), weight($1.element))
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
    var top = Array(ordered.prefix(room))
    if !top.contains(where: \.isRight), let right = ordered.first(where: \.isRight) {
      top[top.count - 1] = right
    }
    return top
  }

  /// Draws a heading and each output that fits, some rows below each other.
  func draw(
    in area: Rect, pitch: Int = 1, frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let glyphs = frame.glyphs
    var places: [(name: String, output: Int, cells: Rect)] = []
    defer { for place in places { frame.mark(place.name, row: place.output, at: place.cells) } }
    let all = rows
    guard area.width >= 8, area.height >= 1, !all.isEmpty else { return }
    let shown = WatchedPredictions.shown(all, room: (area.height - 2) / pitch + 1)
    let longest = shown.map(\.name.columns).max() ?? 0
    let hasTarget = all.contains { $0.target != nil }
    // Two numbers and a short bar each are left to them.
    let name = min(max(longest, 2), max(2, area.width / 4, area.width - 22)) + 1
    let target = hasTarget && area.width >= name + 18 ? 6 : 0
    let half = max(5, (area.width - name - target - 1) / 2)
    let starts = (masked: area.x + name + target, test: area.x + name + target + half + 1)
    buffer.clipped(to: area) { buffer in
      if target > 0 { buffer.write("true", endX: starts.masked, y: area.y, style: Style(.dim)) }
      buffer.write(
        half < 7 ? " mask" : " masked", x: starts.masked, y: area.y, style: Style(.training))
      buffer.write(" test", x: starts.test, y: area.y, style: Style(.test), maxWidth: half)
      for (index, row) in shown.enumerated() {
        let y = area.y + 1 + pitch * index
        if row.isRight { buffer[area.x, y] = Cell(glyphs.selected, Style(.selected)) }
        buffer.write(
          row.name.truncated(to: name - 1, ellipsis: glyphs.ellipsis), x: area.x + 1, y: y,
          style: Style(row.isRight ? .selected : .text))
        if target > 0, let value = row.target {
          buffer.write(
            NumberText.fitted(value, decimals: 2, width: 5), endX: starts.masked, y: y,
            style: Style(.strong))
        }
        for (name, start, value, role) in [
          ("masked", starts.masked, row.masked, Role.training),
          ("test", starts.test, row.test, Role.test),
        ] {
          let line = Rect(x: start, y: y, width: half, height: 1)
          places.append((name, row.output, line.splitLeft(5).left))
          draw(value, role, isShare: target == 0, in: line, glyphs: glyphs, on: &buffer)
        }
      }
    }
  }

  /// Draws a number and, where it is a share and there is room, a bar.
  private func draw(
    _ value: Double, _ role: Role, isShare: Bool, in line: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    buffer.write(
      NumberText.fitted(value, decimals: 2, width: 5), x: line.x, y: line.y, style: Style(role))
    let room = line.inset(left: 6)
    guard isShare, room.width > 0, value > 0 else { return }
    let cells = Int(drawn: value * Double(room.width), in: 0...room.width)
    for x in room.x..<room.x + cells { buffer[x, line.y] = Cell(glyphs.thinBar, Style(role)) }
  }
}
