package com.aparapi;

/** A name for a class to depend on. */
public interface Kernel {}
