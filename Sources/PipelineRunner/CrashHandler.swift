internal import CCrash

/// From now on a trap or fault names stage and document on standard error before the process ends.
public func installCrashHandler() { crash_install() }
