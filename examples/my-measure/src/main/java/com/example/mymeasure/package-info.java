/** A measure of one's own. */
package com.example.mymeasure;
