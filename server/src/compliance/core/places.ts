/** Countries and their adjectives and some great cities: "Bank of Estonia" is not "Bank of Ethiopia", however alike they sound. */
export const PLACES: ReadonlySet<string> = new Set(
  `afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados belarus
  belgium belize benin bhutan bolivia bosnia botswana brazil brasil brunei bulgaria burundi cambodia cameroon canada chad chile china colombia
  congo croatia cuba cyprus czechia denmark djibouti ecuador egypt eritrea estonia ethiopia fiji finland france gabon gambia georgia
  germany deutschland ghana greece grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy
  jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya
  liechtenstein lithuania luxembourg macedonia madagascar malawi malaysia maldives mali malta mauritania mauritius mexico moldova monaco mongolia
  montenegro morocco mozambique myanmar namibia nauru nepal nederland netherlands nicaragua niger nigeria norway norge oman pakistan palau palestine
  panama paraguay peru philippines poland polska portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia
  somalia spain sudan suriname sweden sverige switzerland schweiz syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkiye
  turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu venezuela vietnam yemen zambia zimbabwe america asia africa europe
  london paris berlin moscow dubai tehran damascus beirut baghdad kabul cairo tripoli chicago cleveland dallas phoenix houston boston
  shanghai beijing tokyo delhi mumbai karachi istanbul ankara caracas havana bogota lima madrid rome milan vienna geneva zurich
  north south east west northern southern eastern western nord sud ost oeste norte sur`
    .trim()
    .split(/\s+/),
);
