"""Pages: route, service, template. A route queries nothing, scores nothing, decides no sight."""
