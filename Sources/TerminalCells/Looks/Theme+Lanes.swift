extension Theme {
  /// The colours of runners: any two of them, and each beside the colours of training and test,
  /// differ by at least 14 for people with any kind of colour vision.
  ///
  /// > Source: differences in CIE 1976 L*a*b*; G. M. Machado, M. M. Oliveira and L. A. F.
  /// > Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009).
  private static let laneIndices: [Background: [Int]] = [
    .dark: [129, 185, 118, 98, 96, 247, 231, 49], .light: [57, 88, 96, 53, 135, 246, 233, 239],
  ]

  /// The look of a runner; a quiet one is nearer to the background.
  func penOfLane(_ lane: UInt8, isQuiet: Bool) -> Pen {
    switch depth {
    case .colors256:
      let indices = Self.laneIndices[background] ?? []
      let index = indices[Int(lane) % indices.count]
      guard isQuiet else { return Pen(foreground: index) }
      let quiet = RGB(paletteIndex: index).mixed(with: defaultColors.background, share: 0.4)
      return Pen(foreground: quiet.nearestPaletteIndex)
    case .colors8:
      // Four colours that stand for nothing else, each plain and bold.
      let colors = background == .dark ? [5, 2, 7, 4] : [5, 2, 0, 6]
      return Pen(
        foreground: colors[Int(lane) % colors.count],
        bold: Int(lane) >= colors.count && !isQuiet, dim: isQuiet)
    case .none: return Pen(bold: !isQuiet, dim: isQuiet)
    }
  }
}
