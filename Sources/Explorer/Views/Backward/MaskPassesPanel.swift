import DropoutEngine
import DropoutMeasure
import TerminalCells

extension Panel {
  /// The comparison of mask passes and update scales.
  public static let maskPasses = Panel(
    "mask passes", draw: MaskPassesPanel.draw, formulas: BackwardFormulas.maskPasses)
}

/// The gradient of this step under every mask pass: its angle to that of the mean network, its mean
/// and its noise over masks, and what the update times 1/p moves, each beside theory where there is
/// one.
enum MaskPassesPanel {
  /// The rows that the table needs for a number of vectors, and for the reasons below.
  static func rows(vectors: Int) -> Int { vectors * (1 + MaskPass.allCases.count) }

  /// A row of the table: a vector of gradients under one mask pass.
  private struct Line {
    var pass: MaskPassGradients
    var statistics: GradientStatistics
    /// The layer; nil for all of them.
    var layer: Int?
  }

  /// A column of numbers.
  private struct Column {
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
    let columns = columns(width: frame.area.width)
    var row = 0
    for vector in vectors(state) {
      // A table that is cut off in the middle of its passes could be misread.
      guard row == 0 || row + 5 <= frame.area.height else { break }
      drawVector(
        state, measured.value, layer: vector, columns, isCurrent: isCurrent, in: frame.area,
        from: row, glyphs: frame.glyphs, on: &buffer)
      row += 5
    }
    let reasons = reasons(state, measured.value)
    for reason in reasons where row < frame.area.height {
      buffer.write(
        reason.truncated(to: frame.area.width, ellipsis: frame.glyphs.ellipsis), x: frame.area.x,
        y: frame.area.y + row,
        style: Style(.dim))
      row += 1
    }
  }

  /// The vectors in the order in which they are shown: the selected layer, all layers, the other
  /// layers.
  private static func vectors(_ state: ExplorerState) -> [Int?] {
    [state.shownLayer, nil] + (0...state.outputLayer).filter { $0 != state.shownLayer }
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
      Column(title: "cos G", width: 5) { $0.statistics.stepCosine },
      Column(title: "cos EG", width: 6) { $0.statistics.mean.cosine },
      Column(title: "EG/R", width: 5, decimals: 3) { $0.statistics.mean.share },
      Column(title: "theory", width: 6, isTheory: true, decimals: 3) {
        $0.statistics.expectedMean.value?.share ?? noTheory
      },
      Column(title: "noise", width: 5) { $0.statistics.relativeNoise },
      Column(title: "Ecos2", width: 5) { $0.statistics.squaredCosine },
      Column(title: "theory", width: 6, isTheory: true) {
        $0.statistics.expectedSquaredCosine.value ?? noTheory
      },
      Column(title: "x1/p", width: 5, isOfUpdate: true) { ratio($0.pass, $0.layer) },
      Column(title: "theory", width: 6, isTheory: true, isOfUpdate: true) {
        theoryRatio($0.pass, $0.layer)
      },
    ]
    guard width >= 104 else { return base }
    var columns = base
    columns.insert(
      contentsOf: [
        Column(title: "+-", width: 5, decimals: 3) { $0.statistics.mean.shareError }
      ], at: 3)
    columns.insert(
      contentsOf: [
        Column(title: "|EG-R|", width: 6, decimals: 3) { $0.statistics.mean.difference },
        Column(title: "theory", width: 6, isTheory: true, decimals: 3) {
          $0.statistics.expectedMean.value?.difference ?? noTheory
        },
      ], at: 5)
    columns.insert(
      Column(title: "|dW|", width: 7, isOfUpdate: true, decimals: 4) {
        moved($0.pass, .one, $0.layer)
      },
      at: columns.count - 2)
    guard width >= 140 else { return columns }
    columns.insert(
      Column(title: "|R|", width: 7, decimals: 4) { $0.statistics.referenceNorm }, at: 0)
    columns.insert(Column(title: "|G|", width: 7, decimals: 4) { $0.statistics.stepNorm }, at: 1)
    columns.insert(Column(title: "|EG|", width: 7, decimals: 4) { $0.statistics.mean.norm }, at: 2)
    return columns
  }

  private static func drawVector(
    _ state: ExplorerState, _ moments: GradientMoments, layer: Int?, _ columns: [Column],
    isCurrent: Bool, in area: Rect, from first: Int, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    let name = layer.map { "INTO \(state.layerName($0).uppercased())" } ?? "ALL LAYERS"
    let y = area.y + first
    let used = buffer.write(name, x: area.x, y: y, style: Style(.title))
    let isOld = moments.step != state.evidence.step
    if isOld, used < 13 { buffer.write("*", x: area.x + used, y: y, style: Style(.dim)) }
    var end = area.x + 20
    for column in columns {
      end += column.width + 1
      buffer.write(
        column.title, endX: end, y: y, style: Style(column.isTheory ? .theory : .dim))
    }
    for (index, pass) in moments.passes.enumerated() {
      let line = area.row(first + 1 + index)
      let isNow = pass.maskPass == state.evidence.configuration.dropout.maskPass
      if isNow { buffer[line.x, line.y] = Cell(glyphs.selected, Style(.selected)) }
      buffer.write(
        pass.maskPass.rawValue, x: line.x + 1, y: line.y, style: Style(isNow ? .selected : .text))
      let statistics = layer.map { pass.layers[$0] } ?? pass.whole
      buffer.write(
        statistics.mean.method.name, endX: line.x + 20, y: line.y,
        style: Style(isCurrent ? .text : .dim))
      var end = line.x + 20
      for column in columns {
        end += column.width + 1
        let value = column.value(Line(pass: pass, statistics: statistics, layer: layer))
        let role: Role = isCurrent && !(column.isTheory && value.isNaN) ? .text : .dim
        buffer.write(
          NumberText.fitted(value, decimals: column.decimals, width: column.width), endX: end,
          y: line.y,
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
        return "n/a \(label)\(names): \(entry.gap.words)"
      }
    }
    add("EG") { if case .none(let gap) = $0.expectedMean { gap } else { nil } }
    add("Ecos2") { if case .none(let gap) = $0.expectedSquaredCosine { gap } else { nil } }
    for pass in moments.passes {
      let values = pass.layers[state.shownLayer]
      guard values.mean.method != values.squaredCosineMethod else { continue }
      lines.append("Ecos2 is \(values.squaredCosineMethod.name) where EG is exact")
      break
    }
    if moments.passes.contains(where: {
      ($0.updateFactors[.inverseKeep] ?? []).contains { $0.isNaN }
    }) {
      lines.append("n/a x1/p: max-norm caps the weights after the update")
    }
    if moments.step != state.evidence.step { lines.append("* measured at step \(moments.step)") }
    lines.append(
      "R gradient of the mean network, G this step's, EG its mean over masks; x1/p: |dW| of the "
        + "update times 1/p over |dW|")
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
    case .interventions: "units are killed or pinned by hand"
    case .needsSquaredLoss: "a closed form for squared loss only"
    case .needsOneMaskBelowOutput: "closed form only where the last hidden layer alone is masked"
    case .needsBackwardPass: "a law of mask pass backward"
    case .needsOneMaskAbove: "holds just below a single mask"
    case .needsSharedMask: "each example has its own mask, so it is more than p"
    case .needsBernoulli: "the multipliers are not 0 and a constant"
    case .partOfLayers: "holds for some of the layers only"
    }
  }
}
