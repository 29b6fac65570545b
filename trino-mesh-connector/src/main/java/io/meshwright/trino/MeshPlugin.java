package io.meshwright.trino;

import io.trino.spi.Plugin;

public class MeshPlugin
        implements Plugin {}
