{__("lowtide.backend_server")}
