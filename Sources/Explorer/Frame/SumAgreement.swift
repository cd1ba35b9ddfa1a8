import DropoutEngine
import TerminalCells

/// How the test sums of a unit or a layer compare with those of training; the one place that
/// decides where the alarm is raised.
///
/// The alarm says that training and testing disagree because the scaling is wrong for this network.
/// A rest that bent units leave after a right scaling is no alarm: no scaling takes it away.
enum SumAgreement: Equatable {
  /// Written with two decimals, the ratio is 1.
  case same
  /// They differ although the scaling is right.
  case bent
  /// They differ, and the scaling is wrong.
  case parted

  /// Judges a ratio of test sums to mean training sums; one that is not a number alarms nobody.
  init(ratio: Double, isScalingRight: Bool) {
    if SumAgreement.isOne(ratio) {
      self = .same
    } else {
      self = isScalingRight || !ratio.isFinite ? .bent : .parted
    }
  }

  /// Judges a ratio of the sums into a layer.
  init(ratio: Double, into layer: Int, of configuration: ExperimentConfiguration) {
    self.init(ratio: ratio, isScalingRight: configuration.isScalingRight(into: layer))
  }

  /// The role of the ratio.
  var role: Role {
    switch self {
    case .same: .calm
    case .bent: .text
    case .parted: .alarm
    }
  }

  /// The verdict of the ratio where it stands large.
  var hero: HeroBlock.State {
    switch self {
    case .same: .calm
    case .bent: .neutral
    case .parted: .alarm
    }
  }

  /// The role of the part of a bar by which test and training sums differ.
  var differenceRole: Role { self == .parted ? .extra : .test }

  /// Whether a ratio is 1 as it is written.
  static func isOne(_ ratio: Double) -> Bool { NumberText.fixed(ratio, decimals: 2) == "1.00" }
}

extension ExperimentConfiguration {
  /// Whether test sums into a layer would be those of training if no unit bent its sum.
  ///
  /// A mask that is the same for good leaves out the same units always: no factor makes up for it.
  /// Nor does one for a test pass that still masks: each has another sum.
  func isScalingRight(into layer: Int) -> Bool {
    let isMasked = (0...layer).contains { keepProbability(feeding: $0) < 1 }
    guard isMasked, dropout.maskSharing == .fixed || dropout.testPass == .masked else {
      return SumAgreement.isOne(linearRatio(into: layer))
    }
    return false
  }
}
