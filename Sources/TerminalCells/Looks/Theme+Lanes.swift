extension Theme {
  /// The colours of runners: any two of them, and each beside the colours of training and test,
  /// differ by at least 14 for people with any kind of colour vision.
  ///
  /// > Source: differences in CIE 1976 L*a*b*; G. M. Machado, M. M. Oliveira and L. A. F.
  /// > Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009).
  private static let laneIndices: [Background: [Int]] = [
    .dark: [169, 185, 46, 141, 43, 102, 194, 225], .light: [165, 101, 16, 57, 132, 53, 237, 95],
  ]

  /// The same hues, nearer to the background; their contrast to it is 3 to 1 or more.
  private static let quietLaneIndices: [Background: [Int]] = [
    .dark: [132, 142, 34, 97, 36, 242, 151, 182], .light: [171, 100, 243, 99, 169, 96, 245, 138],
  ]

  /// The look of a runner; a quiet one is nearer to the background.
  func penOfLane(_ lane: UInt8, isQuiet: Bool) -> Pen {
    switch depth {
    case .colors256:
      let table = isQuiet ? Self.quietLaneIndices : Self.laneIndices
      let indices = table[background] ?? []
      return Pen(foreground: indices[Int(lane) % indices.count])
    case .colors8:
      // Three colours stand for nothing else, and blue and its neighbour for training; the fourth
      // is that of text, bold. The lines of the second four are dashed, and their weights change
      // places.
      let colors = [5, 2, background == .dark ? 7 : 0, -1]
      let place = Int(lane) % colors.count
      let isBold = (place == colors.count - 1) != (Int(lane) >= colors.count)
      return Pen(foreground: colors[place], bold: isBold && !isQuiet, dim: isQuiet)
    case .none: return Pen(bold: !isQuiet, dim: isQuiet)
    }
  }
}
