{l s='Messages go into the shop’s own contact form.' d='Shop.Theme.Global'}
