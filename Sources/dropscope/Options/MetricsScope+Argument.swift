public import ArgumentParser
public import DropoutCore

extension MetricsScope: ExpressibleByArgument {}
