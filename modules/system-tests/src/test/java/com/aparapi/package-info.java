/** Stands in for Aparapi, which no module uses yet. */
package com.aparapi;
