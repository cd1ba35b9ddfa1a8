public import ArgumentParser
public import DropoutMeasure

extension MetricsScope: ExpressibleByArgument {}
