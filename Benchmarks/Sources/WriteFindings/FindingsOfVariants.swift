import Findings
import Foundation

/// The page of findings: the comparisons, their tables, and the sentences that they bear out.
struct FindingsOfVariants {
  let dropscope: Dropscope
  let folder: URL

  static let datasets = ["moons", "circle", "glyphs"]
  static let keeps = ["0.5", "0.8"]
  /// The variants whose losses are drawn.
  static let drawn = "inverted,classic,unscaled,scaled-update,mismatched-masks"
  var page = FindingsPage()

  init(dropscope: Dropscope, folder: URL) {
    self.dropscope = dropscope
    self.folder = folder
  }

  /// Runs all comparisons, and writes their pictures.
  mutating func written() throws -> FindingsPage {
    page = FindingsPage()
    try introduce()
    let all = try costOfScalingNothing()
    try ratioUnderL2()
    try classicAndInverted(all)
    try remediesAndBugs(all)
    return page
  }

  private mutating func introduce() throws {
    page.heading("Findings", level: 1)
    page.paragraph(
      """
      What came out of twenty seeds, also where it contradicts what is usually said. p is the \
      probability that a unit is kept.
      """)
    page.summary("In short")
    try picture(Self.drawn, data: "circle")
    page.heading("How it was measured")
    page.paragraph(
      """
      Twenty seeds, 2000 steps, p = 0.5 and 0.8, on two-dimensional data (moons, circle) and on \
      drawn characters of 8x8 pixels (glyphs, 10 classes). Differences are paired by seed, with \
      the interval of 95 % of Student's t in brackets. There are many intervals here, and one in \
      twenty misses by chance alone. Nothing here applies to other data, networks or lengths of \
      training.
      """)
    page.paragraph(
      """
      `Scripts/findings` writes this page: every number comes from the commands on it, and the \
      script checks every verdict.
      """)
  }

  private mutating func costOfScalingNothing() throws -> Comparisons {
    page.heading("The cost of scaling nothing")
    page.paragraph(
      """
      `classic` and `unscaled` are the same training, bit for bit, and differ only in the test \
      pass. So their difference is the cost of the missing factor p. Below it is the cost for a \
      person who leaves the scaling out, compared with `inverted`, which trains differently.
      """)
    let same = try comparisons("classic,unscaled")
    page.paragraph("Unscaled minus classic, the same weights:")
    try differences("unscaled", in: same)
    try verdict(
      "unscaled", "testLoss", in: same, is: "above above above above below above",
      """
      The same weights lose in test loss when nothing is scaled, with one exception that \
      contradicts the usual claim: on glyphs at p = 0.5 the unscaled test pass has the lower loss.
      """,
      headline: """
        **Scaling nothing costs loss, as a rule.** The same weights had more test loss without the \
        missing factor in five of six cases, and less in one: on glyphs at p = 0.5.
        """)
    try verdict(
      "unscaled", "testAccuracy", in: same, is: "crosses crosses below below below crosses",
      """
      Accuracy need not suffer: in three of the six cases the interval crosses 0, although the \
      sums are far too large.
      """,
      headline: """
        **Accuracy can hide it.** The same weights were often right as many times with sums that \
        were far too large: the answer stays, and only the confidence is wrong.
        """)
    try verdict(
      "unscaled", "calibrationError", in: same, is: "above below above crosses below below",
      """
      Calibration has no fixed direction: without the factor the error is larger on the plane at \
      p = 0.5, and smaller on moons and glyphs at p = 0.8 and on glyphs at p = 0.5.
      """)

    let all = try comparisons(Self.drawn)
    page.paragraph("Unscaled minus inverted:")
    try differences("unscaled", in: all)
    try verdict(
      "unscaled", "testLoss", in: all, is: "above above above above above above",
      "Against inverted dropout, scaling nothing costs test loss in each of the six cases.")
    try verdict(
      "unscaled", "testAccuracy", in: all, is: "crosses below below below below below",
      "It costs accuracy in five of them; on moons at p = 0.5 the interval crosses 0.")
    try verdict(
      "unscaled", "calibrationError", in: all, is: "above crosses above crosses below below",
      "It makes calibration worse on the plane at p = 0.5, and better on glyphs.")
    for data in Self.datasets where data != "circle" { try picture(Self.drawn, data: data) }
    return all
  }

  private mutating func ratioUnderL2() throws {
    page.heading("L2 does not change the ratio")
    page.paragraph(
      """
      One hidden layer: the masked layer feeds the output layer, and the ratio of its sums is \
      1/p, whatever the weights are.
      """)
    let penalties = ["0", "0.001", "0.01"]
    let table = try compare([
      "--variants", "classic,unscaled,scaled-update", "--seeds", "20", "--steps", "2000",
      "--data", "moons", "--hidden", "12", "--sweep", "keep=" + Self.keeps.joined(separator: ","),
      "--sweep", "l2=" + penalties.joined(separator: ","),
    ])
    var rows: [[String]] = []
    var worst = 0.0
    var losses: [[Double]] = []
    var sides: [String] = []
    for keep in Self.keeps {
      var lossesOfKeep: [Double] = []
      for l2 in penalties {
        let row = try table.row("unscaled", at: ["keep": keep, "l2": l2])
        let other = try table.row("scaled-update", at: ["keep": keep, "l2": l2])
        let (low, high) = (try row.number("outputRatio.min"), try row.number("outputRatio.max"))
        let difference = try row.difference("testLoss")
        let loss = try row.number("trainLoss.mean")
        rows.append([
          keep, l2,
          "\(FixedText.text(low, decimals: 6)), \(FixedText.text(high, decimals: 6))",
          difference.text, FixedText.text(loss, decimals: 4),
        ])
        let p = Double(keep) ?? .nan
        for ratio in [low, high, try other.number("outputRatio.max")] {
          let distance = abs(ratio * p - 1)
          // A ratio that is no number is the worst of all.
          if !(distance <= worst) { worst = distance }
        }
        lossesOfKeep.append(loss)
        sides.append(difference.side.rawValue)
      }
      losses.append(lossesOfKeep)
    }
    page.table(
      [
        "p", "L2", "ratio, lowest and highest of 20 seeds", "test loss, unscaled minus classic",
        "train loss of unscaled",
      ], rows: rows)
    page.verdict(
      worst < 1e-6 ? "within 1e-6" : "\(worst)", is: "within 1e-6",
      "The ratio is 1/p for each seed and each L2, and scaled-update leaves it there too.",
      headline: """
        **L2 does not repair it.** Test sums were 1/p times the training sums for every seed and \
        every strength of L2.
        """)
    page.verdict(
      losses.map { $0[2] > $0[0] ? "more" : "less" }.joined(separator: " "), is: "more more",
      "L2 changes the network instead: at 0.01 it fits the training part worse.")
    page.verdict(
      sides.joined(separator: " "), is: "above above above below below below",
      """
      With this one layer, scaling nothing costs loss at p = 0.5 and gains some at p = 0.8, at \
      each L2: again not the usual claim.
      """)
  }

  private mutating func classicAndInverted(_ all: Comparisons) throws {
    page.heading("Classic and inverted")
    page.paragraph("Classic minus inverted:")
    try differences("classic", in: all)
    try verdict(
      "classic", "testLoss", in: all, is: "above above above crosses above above",
      """
      At the same learning rate and start they are not the same training: the test losses differ \
      in five of the six cases.
      """)
    let laws = "lockstep-sgd,lockstep-momentum,lockstep-adam,lockstep-l2,lockstep-needs-the-map"
    page.command(["dropscope", "verify", "--law", laws])
    page.verdict(
      "\(try dropscope.verify(laws))", is: "0",
      """
      Under the exact map (the initial weights above each dropout times p, their rate times p \
      squared for SGD) they coincide, and they do not without it.
      """,
      headline: """
        **Classic and inverted are one training only under a map.** With the weights times p and \
        a rate to match they coincide; with the same rate they do not.
        """)
  }

  private mutating func remediesAndBugs(_ all: Comparisons) throws {
    page.heading("Other remedies, and bugs")
    page.paragraph("Scaled-update (each update times 1/p) minus inverted:")
    try differences("scaled-update", in: all)
    try verdict(
      "scaled-update", "testLoss", in: all, is: "above above above above above above",
      """
      A larger update does not replace scaling: the test loss is above that of inverted in each \
      case.
      """,
      headline: """
        **A larger update does not replace scaling.** Multiplying it by 1/p left the loss above \
        that of inverted dropout everywhere.
        """)
    page.paragraph(
      """
      Mismatched-masks (the backward pass draws another mask) minus inverted; seeds that \
      diverged are left out, which favours it:
      """)
    try differences("mismatched-masks", in: all)
    try verdict(
      "mismatched-masks", "testLoss", in: all, is: "above above above crosses above above",
      """
      Another mask on the way back costs test loss in five of the six cases; on circle at \
      p = 0.8 the loss does not show it.
      """)
    let lost = try all.row("mismatched-masks", data: "moons", keep: "0.5").number("diverged")
    page.verdict(
      lost > 0 ? "some" : "none", is: "some",
      """
      On moons at p = 0.5, \(FixedText.text(lost, decimals: 0)) of its 20 trainings became not \
      finite.
      """)

    let none = try comparisons("none,backward-only,random-subspace,bagging")
    page.paragraph("Backward-only minus no dropout at all:")
    try differences("backward-only", in: none)
    try verdict(
      "backward-only", "testLoss", in: none, is: "above above below below crosses crosses",
      """
      Dropout only on the backward pass is noise on the gradient: it helps on circle, hurts on \
      moons, and makes no visible difference on glyphs.
      """)
    let gaps = try none.rows("backward-only").map { try $0.number("outputDivergence.max") }
    page.verdict(
      "\(gaps.max() ?? .nan)", is: "0.0",
      """
      Its sums are the same in training and at test: the output has divergence 0 for every seed.
      """,
      headline: """
        **Masks on the way back alone are no dropout.** Training and test have the same sums: it \
        is noise on the gradient, which helped on circle and hurt on moons.
        """)

    page.heading("Random subspaces and bagging")
    page.paragraph(
      """
      Ten learners each, with their outputs averaged. Nothing is masked, so p does not matter. A \
      learner of random-subspace always sees the same half of the inputs. Random-subspace minus \
      no dropout at all:
      """)
    try differences("random-subspace", in: none)
    try verdict(
      "random-subspace", "testLoss", in: none, is: "above above above above crosses crosses",
      """
      On the plane half of the inputs is one coordinate, and the average of such learners is far \
      worse. On glyphs, whose pixels repeat each other, the losses cannot be told apart.
      """)
    page.paragraph("Bagging minus no dropout at all:")
    try differences("bagging", in: none)
    try verdict(
      "bagging", "testLoss", in: none, is: "crosses crosses below below above above",
      """
      Bagging helps on circle, costs loss on glyphs, and cannot be told from one network on moons.
      """)
  }
}
