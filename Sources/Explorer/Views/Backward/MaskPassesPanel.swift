import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The comparison of mask passes and update scales.
  public static let maskPasses = Panel(
    "mask passes",
    parts: [
      "step cosine", "mean cosine", "mean share", "share theory", "noise", "squared cosine",
      "squared theory", "update", "update theory", "error", "mean apart", "apart theory",
      "update size", "unmasked", "step length", "mean length",
    ], draw: MaskPassesPanel.draw, formulas: BackwardFormulas.maskPasses,
    explain: StepExplanations.maskPasses)
}

/// The gradient of this step under every mask pass: its angle to that of the mean network, its mean
/// and its noise over masks, and what the update times 1/keep moves, each beside theory where there
/// is one.
enum MaskPassesPanel {
  /// The rows that the whole table needs, with some for the reasons below.
  static func rows(_ state: ExplorerState) -> Int {
    (state.outputLayer + 2) * vectorRows + 5
  }

  /// The rows of one vector: two of headings, and a row for each pass.
  private static let vectorRows = 2 + MaskPass.allCases.count

  /// The columns of the passes' names, and of how the means were found.
  private static let names = 23

  /// A row of the table: a vector of gradients under one mask pass.
  private struct Line {
    var pass: MaskPassGradients
    var statistics: GradientStatistics
    /// The layer; nil for all of them.
    var layer: Int?
  }

  /// A column of numbers.
  private struct Column {
    /// Its name as a place on the screen.
    var place: String
    /// The two lines of its heading.
    var over: String
    var title: String
    var width: Int
    var isTheory = false
    /// Whether it is about the update, the last phase of a step.
    var isOfUpdate = false
    var decimals = 2
    var value: (Line) -> Double
  }

  /// Draws the table of the selected layer; with room, also the table of all layers together and
  /// the tables of the others.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    guard let measured = state.snapshot.gradientMoments, !measured.value.passes.isEmpty,
      measured.value.passes[0].layers.count == state.evidence.layers.count
    else {
      frame.heading("MASK PASSES", on: &buffer)
      frame.pending(on: &buffer)
      return
    }
    let isCurrent = state.snapshot.isCurrent(measured)
    // A table that is cut off in the middle of its passes could be misread.
    let vectors = vectors(state).prefix(
      max(1, (frame.area.height - 1) / vectorRows))
    let columns = fitted(
      columns(width: frame.area.width).filter { column in
        vectors.contains { vector in
          measured.value.passes.contains { !column.value(line($0, vector)).isNaN }
        }
      }, width: frame.area.width)
    var row = 0
    for vector in vectors {
      drawVector(
        state, measured.value, layer: vector, columns, isCurrent: isCurrent, in: &frame,
        from: row, on: &buffer)
      row += vectorRows
    }
    let isOld = measured.value.step != state.evidence.step
    let reasons =
      (isOld ? ["* measured at step \(measured.value.step)"] : [])
      + [gloss(width: frame.area.width)] + reasons(state, measured.value)
    for reason in reasons where row < frame.area.height {
      buffer.write(
        reason.truncated(to: frame.area.width, ellipsis: frame.glyphs.ellipsis), x: frame.area.x,
        y: frame.area.y + row,
        style: Style(.dim))
      row += 1
    }
  }

  /// The passes in plain words.
  private static func gloss(width: Int) -> String {
    let forms = [
      "both: one mask, there and back (right); backward: masks the way back alone; forward: masks "
        + "the way forward alone; independent: another mask on the way back",
      "both: one mask (right); backward, forward: that way alone; independent: two",
    ]
    return forms.first { $0.columns <= width } ?? forms[1]
  }

  /// The vectors in the order in which they are shown: the selected layer, all layers, the other
  /// layers.
  private static func vectors(_ state: ExplorerState) -> [Int?] {
    [state.shownLayer, nil] + (0...state.outputLayer).filter { $0 != state.shownLayer }
  }

  private static func line(_ pass: MaskPassGradients, _ layer: Int?) -> Line {
    Line(pass: pass, statistics: layer.map { pass.layers[$0] } ?? pass.whole, layer: layer)
  }

  /// The columns that find room: the ones that say least are given up first.
  private static func fitted(_ columns: [Column], width: Int) -> [Column] {
    var columns = columns
    for place in ["mean cosine", "squared theory", "noise", "squared cosine", "update theory"] {
      guard names + columns.reduce(0, { $0 + $1.width + 1 }) > width else { break }
      columns.removeAll { $0.place == place }
    }
    return columns
  }

  /// How a mean was found, in words.
  private static func method(_ method: MeanMethod) -> String {
    if case .monteCarlo(let masks) = method { return "\(masks) drawn" }
    return method.name
  }

  private static func columns(width: Int) -> [Column] {
    let noTheory = Double.nan
    func ratio(_ pass: MaskPassGradients, _ layer: Int?) -> Double {
      moved(pass, .inverseKeep, layer) / moved(pass, .one, layer)
    }
    func theoryRatio(_ pass: MaskPassGradients, _ layer: Int?) -> Double {
      guard let layer, let factors = pass.updateFactors[.inverseKeep],
        factors.indices.contains(layer)
      else { return noTheory }
      return factors[layer]
    }
    func moved(_ pass: MaskPassGradients, _ scale: UpdateScale, _ layer: Int?) -> Double {
      guard let sizes = pass.updates[scale] else { return noTheory }
      guard let layer else {
        return sizes.reduce(0) { $0 + $1.weights * $1.weights }.squareRoot()
      }
      return sizes.indices.contains(layer) ? sizes[layer].weights : noTheory
    }
    let base: [Column] = [
      Column(place: "step cosine", over: "step", title: "cosine", width: 6) {
        $0.statistics.stepCosine
      },
      Column(place: "mean cosine", over: "mean", title: "cosine", width: 6) {
        $0.statistics.mean.cosine
      },
      Column(place: "mean share", over: "mean", title: "share", width: 5, decimals: 3) {
        $0.statistics.mean.share
      },
      Column(
        place: "share theory", over: "share", title: "theory", width: 7, isTheory: true, decimals: 3
      ) {
        $0.statistics.expectedMean.value?.share ?? noTheory
      },
      Column(place: "noise", over: "", title: "noise", width: 5) { $0.statistics.relativeNoise },
      Column(place: "squared cosine", over: "cosine", title: "squared", width: 7) {
        $0.statistics.squaredCosine
      },
      Column(place: "squared theory", over: "squared", title: "theory", width: 7, isTheory: true) {
        $0.statistics.expectedSquaredCosine.value ?? noTheory
      },
      Column(place: "update", over: "update", title: "x 1/keep", width: 8, isOfUpdate: true) {
        ratio($0.pass, $0.layer)
      },
      Column(
        place: "update theory", over: "x 1/keep", title: "theory", width: 8, isTheory: true,
        isOfUpdate: true
      ) {
        theoryRatio($0.pass, $0.layer)
      },
    ]
    guard width >= 104 else { return base }
    var columns = base
    columns.insert(
      contentsOf: [
        Column(place: "error", over: "", title: "error", width: 5, decimals: 3) {
          $0.statistics.mean.shareError
        }
      ], at: 3)
    columns.insert(
      contentsOf: [
        Column(place: "mean apart", over: "mean", title: "apart", width: 6, decimals: 3) {
          $0.statistics.mean.difference
        },
        Column(
          place: "apart theory", over: "apart", title: "theory", width: 7, isTheory: true,
          decimals: 3
        ) {
          $0.statistics.expectedMean.value?.difference ?? noTheory
        },
      ], at: 5)
    columns.insert(
      Column(
        place: "update size", over: "update", title: "size", width: 7, isOfUpdate: true, decimals: 4
      ) {
        moved($0.pass, .one, $0.layer)
      },
      at: columns.count - 2)
    guard width >= 140 else { return columns }
    columns.insert(
      Column(place: "unmasked", over: "unmasked", title: "length", width: 8, decimals: 4) {
        $0.statistics.referenceNorm
      }, at: 0)
    columns.insert(
      Column(place: "step length", over: "step", title: "length", width: 7, decimals: 4) {
        $0.statistics.stepNorm
      }, at: 1)
    columns.insert(
      Column(place: "mean length", over: "mean", title: "length", width: 7, decimals: 4) {
        $0.statistics.mean.norm
      }, at: 2)
    return columns
  }

  private static func drawVector(
    _ state: ExplorerState, _ moments: GradientMoments, layer: Int?, _ columns: [Column],
    isCurrent: Bool, in frame: inout PanelFrame, from first: Int, on buffer: inout CellBuffer
  ) {
    let area = frame.area
    let glyphs = frame.glyphs
    let name = layer.map { "INTO \(state.layerName($0))" } ?? "ALL LAYERS"
    let y = area.y + first
    let used = buffer.write(name, x: area.x, y: y, style: Style(.title))
    let isOld = moments.step != state.evidence.step
    if isOld, used < 13 { buffer.write("*", x: area.x + used, y: y, style: Style(.dim)) }
    var end = area.x + names
    for column in columns {
      end += column.width + 1
      let style = Style(column.isTheory ? .theory : .dim)
      buffer.write(column.over, endX: end, y: y, style: style)
      buffer.write(column.title, endX: end, y: y + 1, style: style)
      frame.mark(
        column.place,
        at: Rect(x: end - column.width, y: y, width: column.width, height: vectorRows))
    }
    for (index, pass) in moments.passes.enumerated() {
      let row = area.row(first + 2 + index)
      let isNow = pass.maskPass == state.evidence.configuration.dropout.maskPass
      if isNow { buffer[row.x, row.y] = Cell(glyphs.selected, Style(.selected)) }
      buffer.write(
        pass.maskPass.rawValue, x: row.x + 1, y: row.y, style: Style(isNow ? .selected : .text))
      let statistics = layer.map { pass.layers[$0] } ?? pass.whole
      buffer.write(
        method(statistics.mean.method), endX: row.x + names, y: row.y,
        style: Style(isCurrent ? .text : .dim))
      var end = row.x + names
      for column in columns {
        end += column.width + 1
        let value = column.value(line(pass, layer))
        let role: Role = isCurrent && !(column.isTheory && value.isNaN) ? .text : .dim
        buffer.write(
          NumberText.fitted(value, decimals: column.decimals, width: column.width), endX: end,
          y: row.y,
          style: state.phase == .update && column.isOfUpdate && isNow
            ? Style(.selected)
            : Style(column.isTheory && role == .text ? .theory : role, bold: isNow && isCurrent))
      }
    }
  }

  /// Why there is no theory where there is none, for the selected layer: passes with the same
  /// reason together.
  static func reasons(_ state: ExplorerState, _ moments: GradientMoments) -> [String] {
    var lines: [String] = []
    func add(_ label: String, _ gap: (GradientStatistics) -> TheoryGap?) {
      var passes: [(gap: TheoryGap, names: [String])] = []
      for pass in moments.passes {
        guard let reason = gap(pass.layers[state.shownLayer]) else { continue }
        if let index = passes.firstIndex(where: { $0.gap == reason }) {
          passes[index].names.append(pass.maskPass.rawValue)
        } else {
          passes.append((reason, [pass.maskPass.rawValue]))
        }
      }
      lines += passes.map { entry in
        let isAll = entry.names.count == moments.passes.count
        let names = isAll ? "" : " (\(entry.names.joined(separator: ", ")))"
        return "no \(label)\(names): \(entry.gap.words)"
      }
    }
    add("share theory") { if case .none(let gap) = $0.expectedMean { gap } else { nil } }
    add("squared theory") { if case .none(let gap) = $0.expectedSquaredCosine { gap } else { nil } }
    for pass in moments.passes {
      let values = pass.layers[state.shownLayer]
      guard values.mean.method != values.squaredCosineMethod else { continue }
      lines.append(
        "the squared cosine is \(method(values.squaredCosineMethod)) where the mean is exact")
      break
    }
    if moments.passes.contains(where: {
      ($0.updateFactors[.inverseKeep] ?? []).contains { $0.isNaN }
    }) {
      lines.append("no x 1/keep theory: max-norm caps the weights after the update")
    }
    lines.append(
      "all beside the unmasked gradient, that of the averaged network; step: under this step's "
        + "masks, mean: over masks")
    return lines
  }
}

extension TheoryGap {
  /// Why a relation does not hold, in words.
  var words: String {
    switch self {
    case .nothingMasked: "nothing is masked"
    case .fixedMask: "one mask for good, nothing to average"
    case .weightMasks: "dropconnect masks weights"
    case .sharedMasks: "units share masks in groups"
    case .interventions: "units are killed or pinned by hand"
    case .needsSquaredLoss: "squared loss alone has one"
    case .needsOneMaskBelowOutput: "it takes one mask, just below the output"
    case .needsBackwardPass: "a law of mask pass backward"
    case .needsOneMaskAbove: "holds just below a single mask"
    case .needsSharedMask: "each example has its own mask, so it is more than keep"
    case .needsBernoulli: "the multipliers are not 0 and a constant"
    case .partOfLayers: "holds for some of the layers only"
    }
  }
}
