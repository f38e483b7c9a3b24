"""What Teams must be told to install Chairside: manifest, languages, icons, and the build of the package."""
