extension ImageChoice {
  /// The shape in which inputs are drawn as an image, if they are.
  ///
  /// - Parameters:
  ///   - inputs: the number of inputs.
  ///   - looksLikeImage: the shape to take where the choice is `auto`.
  /// - Returns: the rows and columns, or nil where the inputs are no image.
  /// - Throws: ``DatasetError/imageDoesNotFit(height:width:inputs:)``.
  public func shape(
    inputs: Int, looksLikeImage: ImageShape?
  ) throws(DatasetError) -> ImageShape? {
    switch self {
    case .auto: return looksLikeImage
    case .none: return nil
    case .size(let height, let width):
      let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
      guard height > 0, width > 0, !overflow, pixels == inputs else {
        throw .imageDoesNotFit(height: height, width: width, inputs: inputs)
      }
      return ImageShape(height: height, width: width)
    }
  }
}
